import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { type Route, serve, type TestServer } from './server.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

/** The sample, with its charts and releases served from this machine. */
export interface Shop {
  readonly repository: TestRepository;
  readonly server: TestServer;
  run(...argv: string[]): Promise<{ stdout: string; stderr: string; exitCode: number }>;
  close(): Promise<void>;
}

/** What upstream has published: versions of charts, each with its date, its `appVersion` where that is another. */
type Charts = Readonly<Record<string, readonly (readonly [version: string, date: string, appVersion?: string])[]>>;

const OLD = '2025-06-01';

const CHARTS: Charts = {
  'cert-manager': [
    ['v1.17.1', OLD],
    ['v1.17.4', OLD],
    ['v1.18.2', OLD],
    ['v1.19.0-alpha.1', OLD],
  ],
  'external-secrets': [
    ['0.16.1', OLD],
    ['0.17.0', OLD],
  ],
  'ingress-nginx': [
    ['4.12.1', OLD, '1.12.1'],
    ['4.13.0', '2026-03-15', '1.13.0'],
    ['4.12.5', OLD, '1.12.5'],
  ],
  keda: [
    ['2.16.1', OLD],
    ['2.17.0', OLD],
    ['3.0.0', OLD],
  ],
  longhorn: [
    ['1.8.1', OLD],
    ['1.8.2', OLD],
    ['1.9.1', OLD],
    ['1.10.0', OLD],
  ],
  'mariadb-operator': [
    ['0.38.1', OLD],
    ['25.8.1', OLD],
  ],
  reloader: [
    ['2.0.0', OLD, 'v1.3.0'],
    ['2.1.3', OLD, 'v1.4.2'],
  ],
  'argo-cd': [
    ['7.8.0', OLD, 'v2.14.1'],
    ['7.8.2', OLD, 'v2.14.3'],
    ['7.9.0', OLD, 'v2.15.0'],
  ],
  'external-dns': [
    ['1.15.0', OLD, '0.15.0'],
    ['1.15.2', OLD, '0.15.1'],
  ],
  'kube-prometheus-stack': [
    ['70.0.0', OLD, 'v0.81.0'],
    ['70.4.2', OLD, 'v0.81.0'],
    ['72.0.0', OLD, 'v0.82.0'],
  ],
};

function routes(): Record<string, Route | string | object> {
  const index = Object.entries(CHARTS).flatMap(([chart, versions]) => [
    `  ${chart}:`,
    ...versions.flatMap(([version, date, appVersion]) => [
      `  - appVersion: ${appVersion ?? version}`,
      `    created: "${date}T08:00:00Z"`,
      `    home: https://github.com/example/${chart}`,
      `    version: ${version}`,
    ]),
  ]);
  const text = ['apiVersion: v1', 'entries:', ...index, ''].join('\n');
  return {
    '/charts/index.yaml': text,
    '/repos/kubernetes-csi/external-snapshotter/releases': [
      { tag_name: 'v8.2.0', published_at: '2025-01-20T00:00:00Z', draft: false, prerelease: false },
      { tag_name: 'v8.2.1', published_at: '2025-03-20T00:00:00Z', draft: false, prerelease: false },
    ],
    '/.well-known/terraform.json': { 'providers.v1': '/v1/providers/', 'modules.v1': '/v1/modules/' },
    '/v1/providers/cloudflare/cloudflare/versions': { versions: [{ version: '4.52.5' }, { version: '5.4.0' }] },
    '/v1/providers/hetznercloud/hcloud/versions': { versions: [{ version: '1.49.1' }, { version: '1.51.0' }] },
  };
}

function application(name: string, version: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata:
  name: ${name}
  namespace: argocd
spec:
  project: platform
  source:
    repoURL: https://charts.example # ${name}
    chart: ${name}
    targetRevision: ${version} # raised by the weekly update
  destination:
    server: https://kubernetes.default.svc
    namespace: ${name}
`;
}

const MORE = ['argo-cd 7.8.0', 'external-dns 1.15.0', 'kube-prometheus-stack 70.0.0'].map(text => text.split(' '));

const LISTED = `  - name: argo-cd
    file: manifests_v1/argocd/platform/argo-cd.yaml
    version: "7.8.0"   # minors are read first
  - { name: external-dns, version: '1.15.0', files: [manifests_v1/argocd/platform/external-dns.yaml] }
  - name: kube-prometheus-stack
    current_version: 70.0.0
    files:
      - path: manifests_v1/argocd/platform/kube-prometheus-stack.yaml
        key: spec.source.targetRevision
  - name: cloudflare
    version: "4.52"
    file: terraform/dns/versions.tf
    source: { type: terraform, repo: cloudflare/cloudflare, url: SERVER }
  - name: hcloud
    version: "1.49"
    file: terraform/cluster/versions.tf
    source: { type: terraform, repo: hetznercloud/hcloud, url: SERVER }
`;

export async function openShop(): Promise<Shop> {
  const server = await serve(routes());
  const repository = createRepository();
  const root = repository.path;
  cpSync(join(HOME, 'examples', 'shop-gitops'), root, { recursive: true });
  for (const [name = '', version = ''] of MORE) {
    repository.write({ [`manifests_v1/argocd/platform/${name}.yaml`]: application(name, version) });
  }
  const platform = join(root, 'manifests_v1/argocd/platform');
  for (const name of readdirSync(platform)) edit(join(platform, name), text => atServer(text, server.url));
  edit(join(root, 'manifests_v1/argocd/kustomization.yaml'), text =>
    text.replace(
      '  - platform/reloader.yaml\n',
      line => line + MORE.map(([name]) => `  - platform/${name}.yaml\n`).join(''),
    ),
  );
  edit(join(root, 'scripts/apps.yaml'), text =>
    (text + LISTED)
      .replace(
        /(name: snapshot-controller\n)/,
        `$1    source: { type: github, repo: kubernetes-csi/external-snapshotter, url: SERVER }\n`,
      )
      .replaceAll('SERVER', server.url),
  );
  repository.commit('Sample');
  const run: Shop['run'] = async (...argv) => {
    const told = { stdout: '', stderr: '' };
    const exitCode = await main(argv, {
      stdin: async () => '',
      now: () => new Date('2026-03-16T09:00:00Z'),
      stdout: { write: text => (told.stdout += text) },
      stderr: { write: text => (told.stderr += text) },
      cwd: root,
      env: repository.env,
      home: HOME,
      columns: 120,
      isTTY: false,
    });
    return { ...told, stdout: told.stdout.replaceAll(server.url, 'http://upstream.example'), exitCode };
  };
  return {
    repository,
    server,
    run,
    close: async () => {
      repository.cleanup();
      await server.close();
    },
  };
}

/** Charts of any repository come from ours; Applications of the sample's own repository stay as they are. */
function atServer(text: string, url: string): string {
  return text.includes('chart:') ? text.replace(/repoURL: \S+/, `repoURL: ${url}/charts`) : text;
}

function edit(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}
