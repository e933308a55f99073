import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Writes a repository of `clients` clients, fifteen files each, commits it, and stages a change to four files of one. */
export function makeRepository(folder, clients) {
  for (let i = 0; i < clients; i++) {
    for (const [path, text] of Object.entries(clientFiles(nameOf(i), i))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  }
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' };
  const git = (...args) =>
    execFileSync('git', ['-C', folder, '-c', 'user.name=b', '-c', 'user.email=b@b', ...args], { env });
  git('init', '--quiet');
  git('config', 'gc.auto', '0');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Clients');
  // As a clone has it: one pack.
  git('repack', '--quiet', '-a', '-d');
  const client = nameOf(Math.floor(clients / 2));
  const files = clientFiles(client, 7);
  const base = `clients/${client}/base`;
  const edits = {
    [`clients/${client}/overlays/prod/kustomization.yaml`]: ['newTag: 1.5.7', 'newTag: 1.5.8'],
    [`clients/${client}/overlays/staging/kustomization.yaml`]: ['newTag: 1.5.7', 'newTag: 1.5.8'],
    [`${base}/hpa.yaml`]: ['averageUtilization: 75', 'averageUtilization: 70'],
    [`${base}/scaledobject.yaml`]: ['maxReplicaCount: 10', 'maxReplicaCount: 12'],
  };
  for (const [path, [from, to]] of Object.entries(edits))
    writeFileSync(join(folder, path), files[path].replaceAll(from, to));
  git('add', '--all');
}

function nameOf(i) {
  return `client-${String(i).padStart(5, '0')}`;
}

function clientFiles(client, i) {
  const base = `clients/${client}/base`;
  const files = {
    [`${base}/deployment-fpm.yaml`]: deployment(client, 'fpm'),
    [`${base}/deployment-worker.yaml`]: deployment(client, 'worker'),
    [`${base}/configmap-env.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${client}-env\ndata:\n${Array.from({ length: 25 }, (_, k) => `  SETTING_${k}: "value-${k}-${i}"\n`).join('')}`,
    [`${base}/configmap-php.yaml`]: `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${client}-php\ndata:\n  php.ini: |\n    memory_limit = 256M\n    upload_max_filesize = 32M\n`,
    [`${base}/service.yaml`]: `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${client}\nspec:\n  selector:\n    app.kubernetes.io/name: ${client}-fpm\n  ports:\n    - name: fpm\n      port: 9000\n      targetPort: fpm\n`,
    [`${base}/ingress.yaml`]: `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: ${client}\nspec:\n  ingressClassName: nginx\n  tls:\n    - hosts:\n        - ${client}.example\n      secretName: ${client}-tls\n  rules:\n    - host: ${client}.example\n      http:\n        paths:\n          - path: /\n            pathType: Prefix\n            backend:\n              service:\n                name: ${client}\n                port:\n                  name: fpm\n`,
    [`${base}/hpa.yaml`]: `apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata:\n  name: ${client}-fpm\nspec:\n  scaleTargetRef:\n    apiVersion: apps/v1\n    kind: Deployment\n    name: ${client}-fpm\n  minReplicas: 2\n  maxReplicas: 6\n  metrics:\n    - type: Resource\n      resource:\n        name: cpu\n        target:\n          type: Utilization\n          averageUtilization: 75\n`,
    [`${base}/scaledobject.yaml`]: `apiVersion: keda.sh/v1alpha1\nkind: ScaledObject\nmetadata:\n  name: ${client}-worker\nspec:\n  scaleTargetRef:\n    name: ${client}-worker\n  minReplicaCount: 1\n  maxReplicaCount: 10\n  triggers:\n    - type: rabbitmq\n      metadata:\n        queueName: ${client}\n        mode: QueueLength\n        value: "20"\n`,
    [`${base}/kustomization.yaml`]: `resources:\n  - deployment-fpm.yaml\n  - deployment-worker.yaml\n  - configmap-env.yaml\n  - configmap-php.yaml\n  - service.yaml\n  - ingress.yaml\n  - hpa.yaml\n  - scaledobject.yaml\nlabels:\n  - pairs:\n      app.kubernetes.io/managed-by: argocd\n${images(client, '1.4.7')}`,
  };
  for (const environment of ['staging', 'prod']) {
    const overlay = `clients/${client}/overlays/${environment}`;
    files[`${overlay}/kustomization.yaml`] =
      `namespace: ${client}-${environment}\nresources:\n  - ../../base\npatches:\n  - path: patch-fpm.yaml\n  - target:\n      kind: Ingress\n      name: ${client}\n    patch: |-\n      - op: replace\n        path: /spec/rules/0/host\n        value: ${client}.${environment}.example\n${images(client, '1.5.7')}`;
    files[`${overlay}/patch-fpm.yaml`] =
      `apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: ${client}-fpm\nspec:\n  replicas: ${environment === 'prod' ? 4 : 1}\n`;
    files[`argocd/${environment}/${client}.yaml`] =
      `apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata:\n  name: ${client}-${environment}\n  namespace: argocd\nspec:\n  project: ${environment}\n  source:\n    repoURL: https://git.example/gitops.git\n    targetRevision: main\n    path: ${overlay}\n  destination:\n    server: https://kubernetes.default.svc\n    namespace: ${client}-${environment}\n  syncPolicy:\n    automated:\n      prune: true\n      selfHeal: true\n`;
  }
  return files;
}

function images(client, tag) {
  return `images:\n  - name: registry.example/${client}/php-fpm\n    newTag: ${tag}\n  - name: registry.example/${client}/php-cli\n    newTag: ${tag}\n`;
}

function deployment(client, role) {
  const image = `registry.example/${client}/php-${role === 'fpm' ? 'fpm' : 'cli'}`;
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${client}-${role}
  labels:
    app.kubernetes.io/name: ${client}-${role}
spec:
  replicas: 2
  selector:
    matchLabels:
      app.kubernetes.io/name: ${client}-${role}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: ${client}-${role}
    spec:
      serviceAccountName: ${client}
      containers:
        - name: app
          image: ${image}
          envFrom:
            - configMapRef:
                name: ${client}-env
          env:
            - name: APP_ROLE
              value: "${role}"
          ports:
            - name: fpm
              containerPort: 9000
          resources:
            requests:
              cpu: 100m
              memory: 128Mi
          readinessProbe:
            exec:
              command: ["php-fpm-healthcheck"]
          volumeMounts:
            - name: php-ini
              mountPath: /usr/local/etc/php/conf.d
      volumes:
        - name: php-ini
          configMap:
            name: ${client}-php
`;
}
