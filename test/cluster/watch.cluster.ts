import { afterAll, beforeAll, expect, it } from 'vitest';
import { roll, syncedApplication } from './controllers.ts';
import { applicationFile, kustomizationFile, startWorld, type World, workloadFile } from './world.ts';
import type { Written } from './writer.ts';

const APPS = ['one', 'two', 'three'];
const [FROM, TO] = ['shop/web:1.0.0', 'shop/web:1.1.0'];

let world: World;
let head: string;
const rolls = new Map<string, AsyncGenerator<void>>();
const applications = new Map<string, Written>();

beforeAll(async () => {
  world = await startWorld();
  const { repository, writer } = world;
  const files = APPS.map(app => ({
    ...applicationFile(app),
    ...workloadFile(app),
    ...kustomizationFile(app, '1.0.0'),
  }));
  const base = repository.commit('Start', Object.assign({}, ...files));
  head = repository.commit('Raise all', Object.assign({}, ...APPS.map(app => kustomizationFile(app, '1.1.0'))));
  for (const app of APPS) {
    await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: app } });
    applications.set(app, await writer.create(syncedApplication({ name: app, revision: base })));
    const steps = roll(writer, { namespace: app, name: 'web', from: FROM, image: TO, replicas: 2 });
    await steps.next();
    rolls.set(app, steps);
  }
});
afterAll(() => world?.stop());

/** Argo CD's part, and that of the controllers, who go on once the first step was told. */
async function land(app: string, isTold: () => boolean): Promise<void> {
  const synced = async (more: Partial<Parameters<typeof syncedApplication>[0]>) => {
    const { status } = syncedApplication({ name: app, revision: head, ...more });
    const written = applications.get(app);
    if (written !== undefined) applications.set(app, await world.writer.update(written, { status }));
  };
  await synced({ sync: 'OutOfSync', phase: 'Running', health: 'Progressing' });
  for await (const _ of rolls.get(app) ?? []) {
    while (!isTold()) await new Promise(resolve => setTimeout(resolve, 50));
  }
  await synced({});
}

it('is told of a roll by the API server, and asks once more at the end', async () => {
  let stdout = '';
  const watching = new Promise<number>((resolve, reject) => {
    const isWatched = () => APPS.every(app => stdout.includes(`rolling    ${app}`));
    const isTold = (app: string) => new RegExp(`  ${app} .*1 of 2 pods run it`).test(stdout);
    const write = (text: string) => {
      const was = isWatched();
      stdout += text;
      if (!was && isWatched()) Promise.all(APPS.map(app => land(app, () => isTold(app)))).catch(reject);
    };
    const running = world.run([head, '--watch', '--timeout', '2m'], 'reader', { stdout: { write } });
    running.then(({ exitCode }) => resolve(exitCode), reject);
  });
  expect(await watching).toBe(0);
  for (const app of APPS) {
    const lines = stdout.split('\n').filter(line => line.includes(`  ${app.padEnd(5)}  `) && /^\d\d:/.test(line));
    const states = lines.map(line => line.slice(10, 19).trim());
    expect(states.slice(0, -1).every(state => state === 'rolling')).toBe(true);
    expect(states.at(-1)).toBe('landed');
  }
  expect(stdout).toContain('3 units landed and healthy');
  const asked = world.plane.askedBy('reader');
  // The Application, the Deployment, the ReplicaSets, pods and warnings of each; at the end all of them again.
  expect(asked.filter(asking => asking.startsWith('watch '))).toHaveLength(5 * APPS.length);
  expect(asked.filter(asking => !asking.startsWith('watch '))).toHaveLength(2 * 5 * APPS.length);
});
