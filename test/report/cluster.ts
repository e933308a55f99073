import type { UnitChange } from '../../src/change/change.ts';
import type { Environment } from '../../src/gitops/unit.ts';
import type { KubeObject } from '../../src/kubernetes/object.ts';
import { at } from '../../src/yaml/node.ts';
import { objects } from '../support/objects.ts';
import * as make from '../support/results.ts';

/** A shop as it runs: web pods behind an autoscaler, a worker, a nightly job, a database, configuration and a hostname. */
function manifests(tag: string, mode: string, host: string): string {
  return `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app-web
  annotations: { reloader.stakater.com/auto: "true" }
spec:
  replicas: 3
  selector: { matchLabels: { app.kubernetes.io/name: app-web } }
  strategy: { rollingUpdate: { maxSurge: 50%, maxUnavailable: 0 } }
  template:
    metadata: { labels: { app.kubernetes.io/name: app-web } }
    spec:
      containers:
        - name: php-fpm
          image: shop/php_fpm:${tag}
          readinessProbe: { tcpSocket: { port: 9000 } }
          envFrom: [{ configMapRef: { name: app-cm } }]
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: app-web }
spec:
  scaleTargetRef: { name: app-web }
  minReplicaCount: 3
  maxReplicaCount: 12
  triggers: [{ type: cpu, metadata: { value: "60" } }]
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: app-worker }
spec:
  selector: { matchLabels: { app.kubernetes.io/name: app-worker } }
  strategy: { type: Recreate }
  template:
    metadata: { labels: { app.kubernetes.io/name: app-worker } }
    spec:
      containers:
        - name: worker
          image: shop/php_cli:${tag}
          envFrom: [{ configMapRef: { name: app-cm } }]
---
apiVersion: batch/v1
kind: CronJob
metadata: { name: app-cron }
spec:
  schedule: "*/5 * * * *"
  jobTemplate:
    spec:
      template:
        spec:
          containers: [{ name: cron, image: "shop/php_cli:${tag}", envFrom: [{ configMapRef: { name: app-cm } }] }]
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: cache }
spec:
  replicas: 2
  selector: { matchLabels: { app.kubernetes.io/name: cache } }
  template:
    metadata: { labels: { app.kubernetes.io/name: cache } }
    spec: { containers: [{ name: redis, image: "redis:7.4.1" }] }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: app-cm }
data: { APP_MODE: ${mode} }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: app-web }
spec: { rules: [{ host: ${host} }] }
`;
}

interface Side {
  readonly tag: string;
  readonly mode: string;
}

/** One unit of the shop before and after, with the objects that differ; the facts are the test's. */
export function shop(client: string, environment: Environment, from: Side, to: Side): UnitChange {
  const unit = make.unit(client, 'shop', environment);
  const before = objects(manifests(from.tag, from.mode, `${client}.example`));
  const after = objects(manifests(to.tag, to.mode, `${client}.example`));
  const changes = after.flatMap((object, i) => {
    const old = before[i];
    const paths = [
      ['spec', 'template', 'spec', 'containers', 0, 'image'],
      ['spec', 'jobTemplate', 'spec', 'template', 'spec', 'containers', 0, 'image'],
      ['data', 'APP_MODE'],
    ].filter(path => JSON.stringify(values(old, path)) !== JSON.stringify(values(object, path)));
    if (old === undefined || paths.length === 0) return [];
    const fields = paths.map(path => ({ path, before: at(old.root, ...path), after: at(object.root, ...path) }));
    return [{ kind: 'modified' as const, before: old, after: object, fields }];
  });
  return {
    unit: { ...unit, application: make.application(unit.name, `shop-${client}`) },
    before: make.rendered(before),
    after: make.rendered(after),
    changes,
    facts: [],
  };
}

function values(object: KubeObject | undefined, path: (string | number)[]) {
  const node = at(object?.root, ...path);
  return node?.kind === 'scalar' ? node.value : undefined;
}
