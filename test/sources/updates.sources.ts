import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { createRepository } from '../support/git-repository.ts';
import { ask } from '../updates/ask.ts';
import { largeIndex } from '../updates/large-index.ts';
import { needing, type Running, start } from './programs.ts';

let folder: string;
let running: Running | undefined;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-lint-sources-'));
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  rmSync(folder, { recursive: true, force: true });
});

const versions = async (releases: ReturnType<typeof ask>) => (await releases).map(({ version }) => version);

describe('git daemon', () => {
  needing('git daemon', 'tells the tags of a repository', async program => {
    const repository = createRepository();
    repository.commit('One', { a: '1' });
    for (const tag of ['v1.0.0', 'v1.0.1', 'chart/2.0.0', 'v2.0.0;id']) repository.git('tag', tag);
    repository.git('tag', '--annotate', '--message', 'Two', 'v1.1.0');
    running = await start(program, port => [
      '--listen=127.0.0.1',
      `--port=${port}`,
      '--export-all',
      `--base-path=${repository.path}`,
    ]);
    const url = `git://127.0.0.1:${running.port}/.git`;
    expect(await versions(ask({ type: 'git', url }))).toEqual(['chart/2.0.0', 'v1.0.0', 'v1.0.1', 'v1.1.0']);
    await expect(ask({ type: 'git', url: `${url}/none` })).rejects.toThrow(
      /not exported|access denied|Could not read/i,
    );
    repository.cleanup();
  });
});

describe('nginx', () => {
  needing('nginx', 'serves an index of charts with 20,000 versions', async program => {
    const root = join(folder, 'html');
    mkdirSync(root);
    const index = largeIndex(20_000);
    writeFileSync(join(root, 'index.yaml'), index);
    expect(index.match(/^ {4}version: /gm)).toHaveLength(20_000);
    running = await start(program, port => ['-e', join(folder, 'error.log'), '-c', configuration(folder, root, port)]);
    const source = { type: 'helm', url: `http://127.0.0.1:${running.port}/`, chart: 'chart-7' };
    const releases = await ask(source);
    expect(releases).toHaveLength(100);
    expect(releases[0]).toMatchObject({ version: '0.0.0', appVersion: '0.0.1', date: '2025-04-07T10:26:51.121Z' });
  });
});

function configuration(folder: string, root: string, port: number): string {
  const file = join(folder, 'nginx.conf');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const lines = [
    'daemon off;',
    'master_process off;',
    `pid ${join(folder, 'nginx.pid')};`,
    'events {}',
    'http {',
    '  access_log off;',
    '  gzip on; gzip_types *; gzip_proxied any;',
    ...temporary.map(name => `  ${name}_temp_path ${join(folder, name)};`),
    `  server { listen 127.0.0.1:${port}; root ${root}; }`,
    '}',
  ];
  writeFileSync(file, lines.join('\n'));
  return file;
}

describe('docker-registry', () => {
  needing('docker-registry', 'tells the tags that were pushed', async program => {
    const config = join(folder, 'config.yml');
    running = await start(program, port => {
      const storage = `storage: { filesystem: { rootdirectory: ${join(folder, 'data')} } }`;
      writeFileSync(config, `version: 0.1\nlog: { level: error }\n${storage}\nhttp: { addr: 127.0.0.1:${port} }\n`);
      return ['serve', config];
    });
    const host = `127.0.0.1:${running.port}`;
    for (const tag of ['1.0.0', '1.0.1', '1.1.0-alpine']) await push(`http://${host}/v2/org/tool`, tag);
    expect((await versions(ask({ type: 'docker', repo: `${host}/org/tool` }))).sort()).toEqual([
      '1.0.0',
      '1.0.1',
      '1.1.0-alpine',
    ]);
    await expect(ask({ type: 'oci', url: `oci://${host}/org`, chart: 'none' })).rejects.toThrow('has no such thing');
  });
});

/** An image without layers: its configuration, and a manifest that names it. */
async function push(repository: string, tag: string): Promise<void> {
  const config = JSON.stringify({
    architecture: 'amd64',
    os: 'linux',
    config: { Labels: { tag } },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  const digest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  const { headers } = await fetch(`${repository}/blobs/uploads/`, { method: 'POST' });
  const upload = new URL(headers.get('location') ?? '', repository);
  upload.searchParams.set('digest', digest);
  const octets = { 'Content-Type': 'application/octet-stream' };
  expect((await fetch(upload, { method: 'PUT', headers: octets, body: config })).status).toBe(201);
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const manifest = {
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType: 'application/vnd.docker.container.image.v1+json', size: config.length, digest },
    layers: [],
  };
  const body = JSON.stringify(manifest);
  expect(
    (await fetch(`${repository}/manifests/${tag}`, { method: 'PUT', headers: { 'Content-Type': type }, body })).status,
  ).toBe(201);
}
