import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { readHelmIndex } from '../../src/updates/sources/helm-index.ts';
import { ask } from './ask.ts';
import { largeIndex } from './large-index.ts';
import { serve, type TestServer } from './server.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

async function read(text: string, size = 7) {
  async function* pieces() {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  return Object.fromEntries(
    (await readHelmIndex(pieces())).map(([chart, releases]) => [
      chart,
      releases.map(({ version, appVersion, withdrawn, date }) =>
        [version, appVersion ?? '-', date?.slice(0, 10) ?? '-', withdrawn ? 'withdrawn' : ''].join(' ').trim(),
      ),
    ]),
  );
}

describe('the index of a chart repository', () => {
  it('is read by its indentation, as Helm writes it', async () => {
    const index = `apiVersion: v1
entries:
  keda:
  - apiVersion: v2
    appVersion: 2.17.0
    created: "2025-04-07T10:26:51.121Z"
    dependencies:
    - name: other
      version: 9.9.9
    description: |
      Event-driven
      version: 8.8.8
    version: 2.17.0
  - appVersion: '2.16.1'
    deprecated: true
    version: "2.16.1" # see the notes
  "quoted":
    - version: 1.10
      name: quoted
generated: "2025-04-07T10:26:51.121Z"
`;
    expect(await read(index)).toEqual({
      keda: ['2.17.0 2.17.0 2025-04-07', '2.16.1 2.16.1 - withdrawn'],
      quoted: ['1.10 - -'],
    });
  });

  it('may be JSON', async () => {
    const index = { entries: { keda: [{ version: '2.17.0', appVersion: '2.17.0', deprecated: true }] } };
    expect(await read(JSON.stringify(index))).toEqual({ keda: ['2.17.0 2.17.0 - withdrawn'] });
  });

  it.each(['<html>not found</html>', '{"entries": 1}', '{"entries":'])('is not %s', async text => {
    await expect(read(text)).rejects.toThrow(/no index of charts|no JSON/);
  });

  it('leaves out what is no version, whoever sends it', async () => {
    const index = 'entries:\n  a:\n  - version: "1.0.0; rm -rf /"\n  - version: $(id)\n  - version: 1.0.1\n';
    expect(await read(index)).toEqual({ a: ['1.0.1 - -'] });
  });
});

describe('a repository of charts over HTTP', () => {
  it('is read packed and with 20,000 versions', async () => {
    const index = gzipSync(largeIndex(20_000));
    server = await serve({
      '/charts/index.yaml': (_, response) => response.setHeader('Content-Encoding', 'gzip').end(index),
    });
    const releases = await ask({ type: 'helm', url: `${server.url}/charts`, chart: 'chart-199' });
    expect(releases).toHaveLength(100);
    expect(releases.at(-1)).toMatchObject({ version: '99.0.0', appVersion: '99.0.1' });
  });

  it('says which chart it lacks', async () => {
    server = await serve({ '/index.yaml': largeIndex(10) });
    await expect(ask({ type: 'helm', url: server.url, chart: 'kedda' })).rejects.toThrow('has no chart kedda');
  });
});
