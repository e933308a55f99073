import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { main } from '../../src/cli/main.ts';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { type Route, serve, type TestServer } from './server.ts';

const HOME = fileURLToPath(new URL('../..', import.meta.url));

/** The sample, whose charts and releases are published by a server on this machine. */
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

/** Where the entries are published here; elsewhere their files say it. */
const SOURCES: Readonly<Record<string, string>> = {
  'snapshot-controller': 'type: github, repo: kubernetes-csi/external-snapshotter',
  cloudflare: 'type: terraform, repo: cloudflare/cloudflare',
  hcloud: 'type: terraform, repo: hetznercloud/hcloud',
};

export async function openShop(): Promise<Shop> {
  const server = await serve(routes());
  const repository = createRepository();
  const root = repository.path;
  cpSync(join(HOME, 'examples', 'shop-gitops'), root, { recursive: true });
  const platform = join(root, 'manifests_v1/argocd/platform');
  for (const name of readdirSync(platform)) edit(join(platform, name), text => atServer(text, server.url));
  edit(join(root, 'scripts/apps.yaml'), text =>
    text.replace(/- name: (.+)\n/g, (line, name) => {
      const source = SOURCES[name];
      return source === undefined ? line : `${line}    source: { ${source}, url: ${server.url} }\n`;
    }),
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
