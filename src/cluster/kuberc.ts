import { readFile, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { at, items, Source, text } from '../yaml/node.ts';
import { parse } from '../yaml/parse.ts';
import { isUnderReview } from './exec-credential.ts';

/** Which credential plugins the user lets run: any, none, or those of a list, each by its name or its path. */
export type PluginPolicy = 'AllowAll' | 'DenyAll' | readonly string[];

/** The user's kuberc does not say which plugins may run in a way that kubectl takes. */
export class KubercError extends Error {}

export interface KubercPlace {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** The work tree of the repository under review, with symbolic links resolved. */
  readonly repository: string;
}

/**
 * What the user's preferences for kubectl say of credential plugins, since Kubernetes 1.35: `KUBERC`, or `~/.kube/kuberc`.
 * Throws `KubercError` where they cannot be read or understood: then nothing may run.
 * (kubernetes.io, reference/config-api/kuberc.v1beta1; staging/src/k8s.io/kubectl/pkg/kuberc)
 */
export async function pluginPolicy({ env, cwd, repository }: KubercPlace): Promise<PluginPolicy> {
  const named = env.KUBERC || undefined;
  if (named === 'off' || env.KUBECTL_KUBERC === 'false') return 'AllowAll';
  const file = named === undefined ? env.HOME && join(env.HOME, '.kube', 'kuberc') : resolve(cwd, named);
  if (!file) return 'AllowAll';
  const real = await realpath(file).catch(() => undefined);
  if (real === undefined) {
    if (named === undefined) return 'AllowAll';
    throw new KubercError(`KUBERC names ${named}, which is not there`);
  }
  if (isUnderReview(real, repository)) {
    throw new KubercError(`the kuberc ${file} lies in the repository under review`);
  }
  try {
    return policyIn(file, await readFile(real, 'utf8'));
  } catch (error) {
    if (error instanceof KubercError) throw error;
    throw new KubercError(`the kuberc ${file} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
}

function policyIn(file: string, content: string): PluginPolicy {
  const { documents, problems } = parse(new Source(file, content), 'kubectl');
  const [problem] = problems;
  if (problem !== undefined) throw new KubercError(`the kuberc ${file} is not YAML: ${problem.message}`);
  const [preference] = documents;
  const policy = text(preference, 'credentialPluginPolicy') || 'AllowAll';
  const list = at(preference, 'credentialPluginAllowlist');
  if (policy === 'Allowlist') {
    // The field was `name` in 1.35 and is `command` since 1.36.
    return items(list).flatMap(entry => text(entry, 'command') ?? text(entry, 'name') ?? []);
  }
  if (policy !== 'AllowAll' && policy !== 'DenyAll') {
    throw new KubercError(`the kuberc ${file} has the credentialPluginPolicy ${policy}, which is not known here`);
  }
  if (list !== undefined) {
    throw new KubercError(`the kuberc ${file} has a credentialPluginAllowlist beside the policy ${policy}`);
  }
  return policy;
}
