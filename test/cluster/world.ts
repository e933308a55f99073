import { readFileSync } from 'node:fs';
import type { Io } from '../../src/cli/io.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';
import { binaries, type ControlPlane, startControlPlane } from './control-plane.ts';
import { definitions } from './crds.ts';
import { type Writer, writerAt } from './writer.ts';

/** A repository, and a cluster that it is to land in: the API server with all definitions, and nothing in it yet. */
export interface World {
  readonly plane: ControlPlane;
  readonly repository: TestRepository;
  readonly writer: Writer;
  /** Runs `deploy-lint landed` as a user: `admin`, `reader` with what examples/rbac.yaml gives, or `limited` without pods. */
  run(args: readonly string[], user?: string, more?: Partial<Io>): ReturnType<typeof runMain>;
  stop(): Promise<void>;
}

export async function startWorld(): Promise<World> {
  const bin = binaries();
  if (bin === undefined) {
    throw new Error(
      'KUBEBUILDER_ASSETS names no folder with kube-apiserver, etcd and kubectl (setup-envtest makes one)',
    );
  }
  const plane = await startControlPlane(bin);
  plane.kubectl(['create', '-f', '-'], definitions().join('\n---\n'));
  allow(plane);
  const repository = createRepository();
  const writer = writerAt(plane.server, plane.authority, 'token-admin');
  await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  return {
    plane,
    repository,
    writer,
    run: (args, user = 'admin', more = {}) =>
      runMain(['landed', ...args], {
        cwd: repository.path,
        home: process.cwd(),
        columns: 100,
        now: () => new Date(),
        ...more,
        env: { ...repository.env, KUBECONFIG: plane.kubeconfigOf(user), ...more.env },
      }),
    stop: async () => {
      repository.cleanup();
      await plane.stop();
    },
  };
}

function allow({ kubectl }: ControlPlane): void {
  kubectl(['apply', '-f', '-'], readFileSync('examples/rbac.yaml', 'utf8'));
  kubectl(['create', 'clusterrolebinding', 'reader', '--clusterrole=deploy-lint-landed', '--user=reader']);
  const limited = '--resource=deployments.apps,replicasets.apps,applications.argoproj.io,events';
  kubectl(['create', 'clusterrole', 'limited', '--verb=get,list,watch', limited]);
  kubectl(['create', 'clusterrolebinding', 'limited', '--clusterrole=limited', '--user=limited']);
}

/** The manifest of an Application that applies `apps/NAME` into the namespace of its name. */
export function applicationFile(name: string): Record<string, string> {
  return {
    [`argocd/${name}.yaml`]: `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd }
spec:
  project: default
  source: { repoURL: https://git.example/shop/gitops.git, path: apps/${name}, targetRevision: main }
  destination: { server: https://kubernetes.default.svc, namespace: ${name} }
  syncPolicy: { automated: { prune: true, selfHeal: true } }
`,
  };
}

/** The kustomization of an Application's folder, with the tag of its only image. */
export function kustomizationFile(name: string, tag: string, ...resources: string[]): Record<string, string> {
  const images = `images: [{ name: shop/web, newTag: ${tag} }]\n`;
  return { [`apps/${name}/kustomization.yaml`]: `resources: [${['web.yaml', ...resources].join(', ')}]\n${images}` };
}

/** A workload of three pods. */
export function workloadFile(name: string, apiVersion = 'apps/v1', kind = 'Deployment'): Record<string, string> {
  return {
    [`apps/${name}/web.yaml`]: `apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: web, image: shop/web }] }
`,
  };
}
