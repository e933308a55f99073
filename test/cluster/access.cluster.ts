import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { rollDeployment, syncedApplication } from './controllers.ts';
import { applicationFile, kustomizationFile, startWorld, type World, workloadFile } from './world.ts';

/** A unit with an object of each kind that is read. */
const KINDS = `apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { level: TAG }
---
apiVersion: v1
kind: Service
metadata: { name: web, labels: { tag: TAG } }
spec: { ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: db }
spec: { serviceName: db, selector: { matchLabels: { app: db } }, template: POD }
---
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent }
spec: { selector: { matchLabels: { app: db } }, template: POD }
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: nightly }
spec: { schedule: 0 3 * * *, jobTemplate: { spec: { template: POD } } }
---
apiVersion: batch/v1
kind: Job
metadata: { name: migrate-TAG }
spec: { template: POD }
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: web, labels: { tag: TAG } }
spec: { maxReplicas: 5, scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: web } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, labels: { tag: TAG } }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: canary }
spec: { selector: { matchLabels: { app: db } }, template: POD }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: canary, labels: { tag: TAG } }
spec: { scaleTargetRef: { name: canary, kind: Rollout, apiVersion: argoproj.io/v1alpha1 }, triggers: [] }
---
apiVersion: keda.sh/v1alpha1
kind: ScaledJob
metadata: { name: worker }
spec: { jobTargetRef: { template: POD }, triggers: [] }
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: web, labels: { tag: TAG } }
spec: { secretName: web, issuerRef: { name: ca }, dnsNames: [web.example] }
`;

function kindsFile(app: string, tag: string): Record<string, string> {
  const pod = `{ metadata: { labels: { app: db } }, spec: { restartPolicy: Always, containers: [{ name: a, image: "shop/db:${tag}" }] } }`;
  return { [`apps/${app}/kinds.yaml`]: KINDS.replaceAll('POD', pod).replaceAll('TAG', tag) };
}

let world: World;
let done: string;
let everything: string;

beforeAll(async () => {
  world = await startWorld();
  const { repository, writer } = world;
  const before = { ...applicationFile('done'), ...workloadFile('done'), ...kustomizationFile('done', '1.0.0') };
  const every = { ...applicationFile('all'), ...workloadFile('all') };
  repository.commit('Start', {
    ...before,
    ...every,
    ...kustomizationFile('all', '1.0.0', 'kinds.yaml'),
    ...kindsFile('all', '1'),
  });
  done = repository.commit('Raise done', kustomizationFile('done', '1.1.0'));
  everything = repository.commit('Raise all', {
    ...kustomizationFile('all', '1.1.0', 'kinds.yaml'),
    ...kindsFile('all', '2'),
  });
  const image = 'shop/web:1.1.0';
  for (const name of ['done', 'all']) {
    await writer.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    await rollDeployment(writer, { namespace: name, name: 'web', image, replicas: 1, pods: ['ready'] });
  }
  await writer.create(syncedApplication({ name: 'done', revision: done }));
});
afterAll(() => world?.stop());

it('reads with what examples/rbac.yaml allows', async () => {
  expect(await world.run([done], 'reader')).toMatchObject({ exitCode: 0, stderr: '' });
});

it('asks for all that examples/rbac.yaml allows, and for nothing else', async () => {
  const expected = join(world.repository.path, '..', 'expected.yaml');
  const uid = world.plane.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
  writeFileSync(expected, `observe: { clusters: ["${uid}"] }\n`);
  expect((await world.run([everything, '--config', expected], 'reader')).stdout).not.toContain('403');
  expect((await world.run([everything, '--watch', '--timeout', '5s'], 'reader')).stdout).not.toContain('403');
  expect([...new Set(world.plane.askedBy('reader'))].sort()).toEqual(allowed());
});

/** Each verb of each kind. */
function allowed(): string[] {
  const { rules } = JSON.parse(world.plane.kubectl(['get', 'clusterrole', 'deploy-lint-landed', '-o', 'json'])) as {
    rules: { apiGroups: string[]; resources: string[]; verbs: string[] }[];
  };
  const told = rules.flatMap(({ apiGroups: [group = ''], resources, verbs }) =>
    resources.flatMap(resource => verbs.map(verb => `${verb} ${group === '' ? '' : `${group}/`}${resource}`)),
  );
  return [...new Set(told)].sort();
}

it('reads what cert-manager says of a certificate', async () => {
  const certificate = await world.writer.create({
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: { name: 'web', namespace: 'all', labels: { tag: '2' } },
    spec: { secretName: 'web', issuerRef: { name: 'ca' }, dnsNames: ['web.example'] },
  });
  const told = async () => {
    const { stdout } = await world.run([everything, '--format', 'json'], 'reader');
    const { units } = JSON.parse(stdout) as {
      units: { signals: { aspect: string; state: string; reason: string }[] }[];
    };
    return units.flatMap(({ signals }) => signals).find(({ aspect }) => aspect === 'metrics');
  };
  const ready = (status: string, message: string) => ({
    type: 'Ready',
    status,
    reason: 'Test',
    message,
    observedGeneration: 1,
    lastTransitionTime: '2026-03-16T09:00:00Z',
  });
  expect(await told()).toMatchObject({ state: 'rolling', reason: 'cert-manager has not looked at it yet' });
  const refused = { conditions: [ready('False', 'the order has failed')], failedIssuanceAttempts: 2 };
  const after = await world.writer.update(certificate, { status: refused }, 'status');
  expect(await told()).toMatchObject({ state: 'stuck', reason: 'not issued after 2 attempts: the order has failed' });
  const issued = { conditions: [ready('True', 'up to date')], notAfter: '2099-01-01T00:00:00Z' };
  await world.writer.update(after, { status: issued }, 'status');
  expect(await told()).toMatchObject({ state: 'landed', reason: 'ready, until 2099-01-01T00:00:00Z' });
});

it('H04 asks the cluster that is expected, and no other', async () => {
  const uid = world.plane.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
  const expected = join(world.repository.path, '..', 'expected.yaml');
  const asked = [done, '--config', expected];
  writeFileSync(expected, `observe: { clusters: ["${uid}"] }\n`);
  expect(await world.run(asked, 'reader')).toMatchObject({ exitCode: 0, stderr: '' });
  writeFileSync(expected, 'observe: { clusters: [another] }\n');
  expect(await world.run(asked, 'reader')).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(uid) });
  expect((await world.run(asked, 'limited')).exitCode).toBe(3);
});

it('does not know what it may not read, and says what', async () => {
  const { stdout, exitCode } = await world.run([done], 'limited');
  expect(stdout).toContain('unknown, no permission to read Pod (403)');
  expect(exitCode).toBe(3);
});

it.each([
  ['without its authority', /, certificate-authority: [^ ]*/, '', 'has a certificate that no known authority signed'],
  [
    'by another name',
    /(server: \S+),/,
    '$1, tls-server-name: elsewhere.example,',
    'has a certificate for another name',
  ],
])('H03 does not trust the server %s', async (_, found, instead, why) => {
  const file = world.plane.kubeconfigOf('admin');
  writeFileSync(`${file}.other`, readFileSync(file, 'utf8').replace(found, instead));
  vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  const { stdout, exitCode } = await world.run([done], 'admin', { env: { KUBECONFIG: `${file}.other` } });
  vi.unstubAllEnvs();
  expect(stdout).toContain(why);
  expect(exitCode).toBe(3);
});

it('H05 does not know of a kind whose API the server cannot reach, and says which', async () => {
  const service = {
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1alpha1.keda.sh' },
  };
  const where = { service: { name: 'nobody', namespace: 'argocd' }, insecureSkipTLSVerify: true };
  const spec = { group: 'keda.sh', version: 'v1alpha1', groupPriorityMinimum: 1000, versionPriority: 100, ...where };
  world.plane.kubectl(['replace', '-f', '-'], JSON.stringify({ ...service, spec }));
  const told = async () => (await world.run([everything, '--format', 'json', '--timeout', '10s'], 'reader')).stdout;
  await expect.poll(told, { timeout: 60_000 }).toContain('the server answers 503 for keda.sh/ScaledObject');
});
