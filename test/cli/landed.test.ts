import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { APPLICATIONS, openShop, type Shop } from '../support/landed-shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('deploy-lint landed', () => {
  it('tells of a commit on one screen', async () => {
    expect(await shop.run([])).toEqual({
      exitCode: 0,
      stderr: '',
      stdout: `landed  ${shop.commit.slice(0, 8)}  [App: shop] Bump image to 1.1.0
2 units landed and healthy, in the context test (http://SERVER)

landed     one  argocd landed     pods landed
landed     two  argocd landed     pods landed
`,
    });
  });

  it('says why something is stuck, what to do, and how to go back', async () => {
    const waiting = { reason: 'ErrImagePull', message: 'manifest for shop/web:1.1.0 not found' };
    const containerStatuses = [{ name: 'web', image: 'shop/web:1.1.0', state: { waiting } }];
    shop.setPod('two', { conditions: [], containerStatuses });
    const { stdout, exitCode } = await shop.run([]);
    expect(stdout).toBe(`stuck  ${shop.commit.slice(0, 8)}  [App: shop] Bump image to 1.1.0
1 of 2 units landed, in the context test (http://SERVER)

stuck      two  argocd landed     pods stuck 0/1
landed     one  argocd landed     pods landed

stuck  two
  Deployment web: stuck, ErrImagePull: web cannot pull shop/web:1.1.0: manifest
    for shop/web:1.1.0 not found
  Next: Check that the tag exists and that the pull secret is there; then push
        the tag, or take the commit back.

Back  git revert ${shop.commit.slice(0, 8)} && git push
      kubectl rollout undo holds only until the next sync
`);
    expect(exitCode).toBe(1);
  });

  it('looks at an Application as a whole, and at a range', async () => {
    expect((await shop.run(['one'])).stdout).toContain('Deployment web: its pod runs it, the youngest 1 min old');
    expect((await shop.run(['HEAD~1..HEAD'])).stdout).toContain(`${shop.commit.slice(0, 8)}  [App`);
  });

  it('leaves out what is not asked for', async () => {
    expect((await shop.run(['--only', 'argocd'])).stdout).toContain('landed     one  argocd landed\n');
    expect(shop.asked.every(line => line.includes('/applications/'))).toBe(true);
  });

  it('is JSON by its schema, and Markdown', async () => {
    const schema: object = JSON.parse(readFileSync('schemas/landed.schema.json', 'utf8'));
    const validate = new Ajv2020({ strict: true, formats: { 'date-time': true } }).compile(schema);
    const { stdout } = await shop.run(['--format', 'json']);
    expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors)).toBe(true);
    shop.held.set('/apis/apps/v1/namespaces/two/deployments/web', 500);
    expect((await shop.run(['--format', 'markdown'])).stdout).toContain(
      '| two | unknown | argocd landed, pods unknown |',
    );
  });

  it('watches in lines where there is no terminal, and in place where there is one', async () => {
    const lines = await shop.run(['--watch']);
    expect(lines.stdout).toContain('09:00:00  landed     one  ');
    const drawn = await shop.run(['--watch'], { isTTY: true });
    expect(drawn.stdout.startsWith('\x1b[?2026h')).toBe(true);
    expect(drawn.stdout).not.toContain('\x1b[2J');
    expect(drawn.exitCode).toBe(0);
  });

  it('does not go on watching where nobody reads any more', async () => {
    const status = { sync: { status: 'Synced', revision: shop.repository.git('rev-parse', 'HEAD~1') } };
    const items = ['one', 'two'].map(name => ({ metadata: { name }, status }));
    const list = { kind: 'ApplicationList', apiVersion: 'argoproj.io/v1alpha1', metadata: {}, items };
    shop.held.set(APPLICATIONS, list);
    const stdout = { write: () => true, writable: false };
    expect(await shop.run(['--watch', '--timeout', '10m'], { stdout })).toMatchObject({ exitCode: 3 });
  });

  it('H06 is not flooded by what a cluster holds', async () => {
    const huge = 'x'.repeat(1024 * 1024);
    const waiting = { reason: huge, message: huge };
    const lastState = { terminated: { reason: huge, exitCode: 1 } };
    const containerStatuses = [
      { name: huge, image: huge, state: { waiting: { ...waiting, reason: 'ErrImagePull' } }, lastState },
      { name: 'other', imageID: huge, state: { waiting }, lastState },
    ];
    const labels = { [huge]: huge };
    shop.setPod('two', { conditions: [{ type: huge }], containerStatuses, labels });
    shop.held.set(`${APPLICATIONS}/one`, {
      ...Object(shop.held.get(`${APPLICATIONS}/one`)),
      status: { sync: { status: 'Synced', revision: huge }, conditions: [{ type: 'SyncError', message: huge }] },
    });
    for (const format of ['text', 'json', 'markdown']) {
      const { stdout } = await shop.run(['--format', format]);
      expect(stdout.length).toBeLessThan(8000);
      expect(stdout).toContain('ErrImagePull');
    }
  });

  it('H06 shows what a cluster holds without obeying it', async () => {
    const waiting = { reason: 'CreateContainerConfigError', message: '\x1b[2J::error::gone' };
    shop.setPod('two', { containerStatuses: [{ name: 'web', state: { waiting } }] });
    const { stdout } = await shop.run([]);
    expect(stdout).toContain('\\u{1b}[2J');
    expect(stdout).not.toContain('\x1b');
  });

  it('H04 reads with GET and nothing else, and no Secret', async () => {
    await shop.run([]);
    expect(shop.asked.filter(line => !line.startsWith('GET '))).toEqual([]);
    expect(shop.asked.filter(line => line.includes('secrets'))).toEqual([]);
  });

  it.each([
    [['no-such-thing'], 'there is no commit and no Application no-such-thing'],
    [['onee'], 'Did you mean one?'],
    [['--timeout', 'soon'], '--timeout is a time such as 30s, 15m or 1h, not soon'],
    [['--context', 'prod'], 'there is no context prod'],
    [['--only', 'dns'], '--only is argocd, pods or metrics, not dns'],
  ])('refuses %j', async (args, message) => {
    const { stderr, exitCode } = await shop.run(args);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });

  it('sends no token to an address that others can read', async () => {
    const env = { PROMETHEUS_URL: 'http://192.0.2.1:9090', PROMETHEUS_TOKEN: 'secret' };
    expect(await shop.run([], { env })).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('is not https') });
  });
});
