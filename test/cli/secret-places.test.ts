import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRepository, type TestRepository } from '../support/git-repository.ts';
import { runMain } from '../support/io.ts';

const HOME = resolve(import.meta.dirname, '../..');

/** Where a password may stand, in a file of its own; the value has no form that would tell by itself that it is one. */
const PLACES: Readonly<Record<string, (value: string) => string>> = {
  ...Object.fromEntries(
    [
      'DB_PASSWORD',
      'DB_PASS',
      'MYSQL_PWD',
      'REDIS_AUTH',
      'API_KEY',
      'GITHUB_PAT',
      'SMTP_CREDENTIALS',
      'KEY_PASSPHRASE',
    ].map(name => [`variable ${name}`, (value: string) => workload(name, `env: [{ name: ${name}, value: ${value} }]`)]),
  ),
  'number as a variable': value => workload('v1', `env: [{ name: DB_PASSWORD, value: ${digits(value)} }]`),
  'argument --password=': value => workload('a1', `args: [--user=shop, --password=${value}]`),
  'argument after --password': value => workload('a2', `args: [--user, shop, --password, ${value}]`),
  'argument after -p': value => workload('a3', `command: [mysql, -ushop, -p${value}]`),
  'line of a shell': value => workload('a4', `command: [sh, -c, "mysqldump -u shop -p${value} shop"]`),
  'line of a shell with a header': value =>
    workload('a5', `command: [sh, -c, "curl -H 'Authorization: Basic ${value}' http://x"]`),
  'user of a URL': value => workload('u1', `env: [{ name: A, value: "https://${value}@git.example/shop" }]`),
  'URL without a user': value => workload('u2', `env: [{ name: A, value: "redis://:${value}@redis:6379/0" }]`),
  'query of a URL': value =>
    workload('u3', `env: [{ name: A, value: "jdbc:mysql://db/shop?user=a&password=${value}" }]`),
  'connection string': value => workload('u4', `env: [{ name: A, value: "Server=db;User Id=a;Pwd=${value};" }]`),
  'probe header': value =>
    workload(
      'h1',
      `livenessProbe: { httpGet: { path: /, port: 80, httpHeaders: [{ name: Authorization, value: ${value} }] } }`,
    ),
  'number in a Secret': value =>
    `{ apiVersion: v1, kind: Secret, metadata: { name: n }, data: { a: ${digits(value)} } }\n`,
  'no text in a Secret': value =>
    `{ apiVersion: v1, kind: Secret, metadata: { name: o }, stringData: { a: [${value}] } }\n`,
  'another field of a Secret': value =>
    `{ apiVersion: v1, kind: Secret, metadata: { name: f }, stringdata: { a: ${value} }, type: Opaque }\n`,
  'key twice in a Secret': value =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: t }\nstringData:\n  a: ${value}\n  a: x${value}\n`,
  'setting of a ConfigMap': value => configMap('c1', `db_password: ${value}`),
  'lines of a ConfigMap': value =>
    configMap('c2', `redis.conf: |\n    port 6379\n    requirepass ${value}\n    appendonly yes`),
  'section of a ConfigMap': value =>
    configMap('c3', `app.yaml: |\n    db:\n      user: a\n      pass: ${value}\n    web: 1`),
  'URL in a ConfigMap': value => configMap('c4', `app.env: |\n    A=1\n    URL=amqp://shop:${value}@mq/shop\n    B=2`),
  annotation: value =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: n1\n  annotations:\n    kubectl.kubernetes.io/last-applied-configuration: '{"a":"${value}"}'\n`,
  'custom resource': value => custom('r1', `rootPassword: ${value}`),
  'value of a custom resource': value => custom('r2', `rootPassword: { value: ${value} }`),
  'list of a custom resource': value => custom('r3', `passwords: [${value}]`),
  'login of a custom resource': value => custom('r4', `basicAuth: { user: shop, pass: ${value} }`),
  'named value of a custom resource': value => custom('r5', `settings: [{ name: adminPassword, value: ${value} }]`),
  'keyed value of a custom resource': value => custom('r6', `settings: [{ key: adminPassword, value: ${value} }]`),
  'helm values': value => chart('m1', `valuesObject: { auth: { rootPassword: ${value} } }`),
  'helm values below secrets': value => chart('m2', `valuesObject: { secrets: { db: ${value} } }`),
  'helm values as text': value => chart('m3', `values: "auth: { pass: ${value} }"`),
  'helm parameter': value => chart('m4', `parameters: [{ name: auth.rootPassword, value: ${value} }]`),
  'helm variable': value => chart('m5', `valuesObject: { env: [{ name: DB_PASS, value: ${value} }] }`),
  'URL of a source': value => chart('m6', 'releaseName: a').replace('https://', `https://shop:${value}@`),
  'user of the URL of a source': value => chart('m7', 'releaseName: a').replace('https://', `https://${value}@`),
};

const digits = (value: string) => value.replace(/\D/g, '').padEnd(9, '7');

function workload(name: string, field: string): string {
  const label = name.toLowerCase().replaceAll('_', '-');
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${label} }
spec:
  selector: { matchLabels: { app: ${label} } }
  template:
    metadata: { labels: { app: ${label} } }
    spec:
      containers:
      - name: app
        image: shop/app:1.0.0
        ${field}
`;
}

function configMap(name: string, data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: ${name} }\ndata:\n  ${data}\n`;
}

function custom(name: string, spec: string): string {
  return `apiVersion: shop.example/v1\nkind: Store\nmetadata: { name: ${name} }\nspec:\n  ${spec}\n`;
}

function chart(name: string, helm: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name} }
spec:
  source:
    repoURL: https://charts.example/shop
    chart: shop
    targetRevision: 1.0.0
    helm:
      ${helm}
  destination: { namespace: shop, server: https://kubernetes.default.svc }
`;
}

const NAMES = Object.keys(PLACES);
const canary = (place: number, side: string) => `zq${String(100 + place)}${side}v`;

function files(side: string): Record<string, string> {
  const paths = NAMES.map((_, i) => `p${i}.yaml`);
  const texts = Object.values(PLACES).map((of, i) => [`shop/p${i}.yaml`, of(canary(i, side))]);
  const literals = `secretGenerator: [{ name: made, literals: [pass=${canary(80, side)}, ${canary(81, side)}] }]`;
  return {
    ...Object.fromEntries(texts),
    'shop/kustomization.yaml': `resources: [${paths.join(', ')}]\n`,
    'made/kustomization.yaml': `${literals}\n`,
    'remote/kustomization.yaml': `resources: ["https://shop:${canary(82, side)}@git.example/shop//base?ref=v1"]\n`,
    'chart/Chart.yaml': 'name: shop\nversion: 1.0.0\n',
    'chart/values.yaml': `auth: { rootPass: ${canary(84, side)}, users: [{ key: adminPassword, value: ${canary(85, side)} }] }\n`,
    'main.tf': `resource "x" "y" {\n  db_password = "${canary(83, side)}"\n}\n`,
  };
}

const OTHERS = [
  'literal of a generator',
  'literal without a key',
  'remote base',
  'Terraform',
  'values of a chart',
  'list in the values of a chart',
];

/** The places of which a text shows the value. */
function shownIn(text: string): string[] {
  const found = new Set([...text.replace(/\s+/g, '').matchAll(/zq(\d{3})[ab]v/g)].map(match => Number(match[1]) - 100));
  const numbers = NAMES.filter((_, i) => /1\d\d777777/.test(text) && text.includes(digits(canary(i, 'a'))));
  return [...[...found].map(i => NAMES[i] ?? OTHERS[i - 80] ?? String(i)), ...numbers];
}

describe('E09 a password in a place that only a person knows', () => {
  let repository: TestRepository;
  beforeAll(() => {
    repository = createRepository();
    repository.commit('one', files('a'));
    repository.commit('two', files('b'));
  });
  afterAll(() => repository.cleanup());

  it.each([
    ['--commit', 'HEAD'],
    ['--commit', 'HEAD', '--format', 'json'],
    ['--commit', 'HEAD', '--format', 'sarif'],
    ['--explain', 'HEAD'],
    ['--explain', 'HEAD', '--format', 'json'],
    ['--explain', 'HEAD', '--format', 'html'],
    ['--all'],
  ])('is not shown by %s %s %s %s', async (...args) => {
    const asked = args.filter(arg => arg !== undefined);
    const { stdout, stderr } = await runMain(asked, { cwd: repository.path, env: repository.env, home: HOME });
    expect(stdout + stderr).toMatch(/\S/);
    expect(shownIn(stdout + stderr)).toEqual([]);
  });
});
