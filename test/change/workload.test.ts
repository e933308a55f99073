import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

/** A Deployment with the given lines in its only container, its pod and its own spec. */
function deployment({ container = '', pod = '', spec = '', metadata = '' } = {}): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata: { name: app-web${metadata} }
spec:
  selector: { matchLabels: { app: web } }${spec}
  template:
    metadata: { labels: { app: web } }
    spec:${pod}
      containers:
        - name: php_fpm
          image: shop/php_fpm:4.2.0${container}
`;
}

const inContainer = (...lines: string[]) =>
  deployment({ container: lines.map(line => `\n          ${line}`).join('') });
const inPod = (...lines: string[]) => deployment({ pod: lines.map(line => `\n      ${line}`).join('') });
const inSpec = (...lines: string[]) => deployment({ spec: lines.map(line => `\n  ${line}`).join('') });

describe('the environment of a container', () => {
  it.each([
    ['a new variable', 'env: []', 'env: [{ name: MODE, value: fast }]', ['env added MODE: - -> fast']],
    [
      'another value',
      'env: [{ name: MODE, value: a }]',
      'env: [{ name: MODE, value: b }]',
      ['env changed MODE: a -> b'],
    ],
    ['a variable gone', 'env: [{ name: MODE, value: a }]', 'env: []', ['env removed MODE: a -> -']],
    [
      'another source',
      'env: [{ name: DB, valueFrom: { configMapKeyRef: { name: app, key: db } } }]',
      'env: [{ name: DB, valueFrom: { secretKeyRef: { name: app, key: db } } }]',
      ['env changed DB: ConfigMap app: db -> Secret app: db'],
    ],
    ['a whole ConfigMap', 'env: []', 'envFrom: [{ configMapRef: { name: app } }]', ['env added all of ConfigMap app']],
    [
      'a password',
      'env: [{ name: DB_PASSWORD, value: a }]',
      'env: [{ name: DB_PASSWORD, value: b }]',
      ['env changed DB_PASSWORD'],
    ],
    [
      'a password in a URL',
      'env: [{ name: QUEUE, value: "amqp://u:secret@q" }]',
      'env: [{ name: QUEUE, value: "amqp://u:other@q" }]',
      ['env changed QUEUE'],
    ],
    [
      'the order of variables',
      'env: [{ name: A, value: a }, { name: B, value: b }]',
      'env: [{ name: B, value: b }, { name: A, value: a }]',
      [],
    ],
    [
      'a number that becomes text',
      'env: [{ name: LIMIT, value: 1 }]',
      'env: [{ name: LIMIT, value: "1" }]',
      ['env changed LIMIT: 1 -> 1'],
    ],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(inContainer(before), inContainer(after))).toEqual(expected);
  });
});

describe('the parts of a pod template', () => {
  it.each([
    [
      'resources',
      'resources: { requests: { cpu: 50m }, limits: { cpu: 200m } }',
      'resources: { requests: { cpu: 100m }, limits: { cpu: 250m } }',
      ['workload resources php_fpm: requests cpu: 50m -> 100m', 'workload resources php_fpm: limits cpu: 200m -> 250m'],
    ],
    [
      'a probe',
      'readinessProbe: { tcpSocket: { port: 9000 }, periodSeconds: 5 }',
      'readinessProbe: { tcpSocket: { port: 9000 }, periodSeconds: 10 }',
      ['workload probe php_fpm: readinessProbe.periodSeconds: 5 -> 10'],
    ],
    [
      'several settings of a probe',
      'readinessProbe: { tcpSocket: { port: 9000 }, periodSeconds: 5 }',
      'readinessProbe: { tcpSocket: { port: 9001 }, periodSeconds: 10 }',
      ['workload probe php_fpm: readinessProbe'],
    ],
    [
      'a probe less',
      'readinessProbe: { tcpSocket: { port: 9000 } }',
      '',
      ['workload probe-removed php_fpm: readinessProbe'],
    ],
    [
      'a probe more',
      '',
      'livenessProbe: { tcpSocket: { port: 9000 } }',
      ['workload probe-added php_fpm: livenessProbe'],
    ],
    [
      'a setting inside',
      'lifecycle: { preStop: { sleep: { seconds: 5 } } }',
      'lifecycle: { preStop: { sleep: { seconds: 9 } } }',
      ['workload template php_fpm: lifecycle.preStop.sleep.seconds: 5 -> 9'],
    ],
    ['arguments', 'args: [serve]', 'args: [serve, --verbose]', ['workload template php_fpm: args[1]: - -> --verbose']],
    [
      'an argument that is a password',
      'args: [--db-password=one]',
      'args: [--db-password=two]',
      ['workload template php_fpm: args[0]'],
    ],
  ])('%s of a container', (_case, before, after, expected) => {
    expect(facts(inContainer(before), inContainer(after))).toEqual(expected);
  });

  it('says what else changes in the pod', () => {
    expect(facts(inPod('terminationGracePeriodSeconds: 30'), inPod('terminationGracePeriodSeconds: 60'))).toEqual([
      'workload template terminationGracePeriodSeconds: 30 -> 60',
    ]);
  });

  it('counts the order of init containers, which run one after the other', () => {
    const [a, b] = ['- { name: a, image: "x:1" }', '- { name: b, image: "y:1" }'];
    expect(facts(inPod('initContainers:', a, b), inPod('initContainers:', b, a))).toEqual([
      'workload template initContainers',
    ]);
  });

  it('names a container more as an image, and an init container as what can stop the start', () => {
    const sidecar = `${deployment()}        - { name: nginx, image: "nginx:1.27" }\n`;
    expect(facts(deployment(), sidecar)).toEqual(['image added nginx: - -> nginx:1.27']);
    expect(facts(sidecar, deployment())).toEqual(['image removed nginx: nginx:1.27 -> -']);
    expect(facts(inPod(), inPod('initContainers: [{ name: wait-for-db, image: "busybox:1.36" }]'))).toEqual([
      'workload other init container added: wait-for-db: - -> busybox:1.36',
    ]);
    expect(
      facts(inPod('initContainers: []'), inPod('initContainers: [{ name: wait-for-db, image: "busybox:1.36" }]')),
    ).toEqual(['workload other init container added: wait-for-db: - -> busybox:1.36']);
  });
});

describe('the controller of pods', () => {
  it.each([
    [
      'strategy',
      ['strategy: { type: RollingUpdate }'],
      ['strategy: { type: Recreate }'],
      'workload strategy spec.strategy.type: RollingUpdate -> Recreate',
    ],
    [
      'history',
      ['revisionHistoryLimit: 3'],
      ['revisionHistoryLimit: 1'],
      'workload other spec.revisionHistoryLimit: 3 -> 1',
    ],
    ['replicas up', ['replicas: 1'], ['replicas: 2'], 'replicas up Deployment app-web: 1 -> 2'],
    ['replicas down', ['replicas: 3'], ['replicas: 2'], 'replicas down Deployment app-web: 3 -> 2'],
    ['replicas to zero', ['replicas: 3'], ['replicas: 0'], 'replicas zero Deployment app-web: 3 -> 0'],
    ['replicas from zero', ['replicas: 0'], ['replicas: 3'], 'replicas from-zero Deployment app-web: 0 -> 3'],
    ['replicas from zero by default', ['replicas: 0'], [], 'replicas from-zero Deployment app-web: 0 -> -'],
    ['replicas no longer stated', ['replicas: 3'], [], 'replicas removed Deployment app-web: 3 -> -'],
    ['replicas stated', [], ['replicas: 3'], 'replicas up Deployment app-web: - -> 3'],
  ])('%s', (_case, before, after, expected) => {
    expect(facts(inSpec(...before), inSpec(...after))).toEqual([expected]);
  });

  it('keeps labels of the object apart, since no pod is replaced for them', () => {
    expect(facts(deployment(), deployment({ metadata: ', labels: { team: shop }' }))).toEqual([
      'object modified Deployment app-web: metadata.labels added',
    ]);
  });

  it("tells an image in an operator's resource by its field", () => {
    const resource = (tag: string) => `
apiVersion: example.com/v1
kind: Widget
metadata: { name: w }
spec: { image: { repository: shop/widget, tag: "${tag}" } }`;
    expect(facts(resource('1.2.0'), resource('1.3.0'))).toEqual(['image minor shop/widget: 1.2.0 -> 1.3.0']);
  });
});
