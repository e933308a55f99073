import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The custom resource definitions of the projects themselves, from their Go modules (all under Apache-2.0), which are
 * downloaded once and kept by Go. The sum is that of the module's content.
 */
const MODULES = [
  {
    module: 'github.com/argoproj/argo-cd/v3@v3.1.0',
    sum: 'h1:2+gPskQKCyPC9DzRSWQ1AvmS3WiIlRR7bKz/FO3DozI=',
    files: ['manifests/crds/application-crd.yaml'],
  },
  {
    module: 'github.com/argoproj/argo-rollouts@v1.8.3',
    sum: 'h1:blbtQva4IK9r6gFh+dWkCrLnFdPOWiv9ubQYu36qeaA=',
    files: ['manifests/crds/rollout-crd.yaml'],
  },
  {
    module: 'github.com/kedacore/keda/v2@v2.17.0',
    sum: 'h1:Msot3UuN6WOhaOaOcVmokmVM0cu3uqSGvnDgg1LkESU=',
    files: ['config/crd/bases/keda.sh_scaledobjects.yaml', 'config/crd/bases/keda.sh_scaledjobs.yaml'],
  },
  {
    module: 'github.com/cert-manager/cert-manager@v1.18.2',
    sum: 'h1:H2P75ycGcTMauV3gvpkDqLdS3RSXonWF2S49QGA1PZE=',
    files: ['deploy/crds/crd-certificates.yaml'],
  },
] as const;

/** Each definition as YAML. Throws where Go is not there or the module is not what it was. */
export function definitions(): string[] {
  return MODULES.flatMap(({ module, sum, files }) => {
    const env = { ...process.env, GOTOOLCHAIN: 'local', GOWORK: 'off', GO111MODULE: 'on' };
    const printed = execFileSync('go', ['mod', 'download', '-json', module], { cwd: tmpdir(), env, encoding: 'utf8' });
    const found: unknown = JSON.parse(printed);
    if (!isModule(found) || found.Sum !== sum) throw new Error(`${module} is not what it was: ${printed}`);
    // The one of cert-manager is a chart's template, in its labels and comments alone.
    return files.map(file => readFileSync(join(found.Dir, file), 'utf8').replaceAll(/'\{\{.*\}\}'/g, 'test'));
  });
}

function isModule(value: unknown): value is { Dir: string; Sum: string } {
  return typeof value === 'object' && value !== null && 'Dir' in value && 'Sum' in value;
}
