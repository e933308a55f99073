import { describe, expect, it } from 'vitest';
import { settingsThatDiffer } from '../../src/change/config-lines.ts';
import { facts } from '../support/changes.ts';

const config = (kind: string, name: string, data: string) => `
apiVersion: v1
kind: ${kind}
metadata: { name: ${name} }
${kind === 'Secret' ? 'stringData' : 'data'}: ${data}
`;

describe('configuration', () => {
  it.each([
    ['a value', '{ MODE: fast }', '{ MODE: slow }', ['config configmap app: MODE: fast -> slow']],
    ['a key more', '{ A: a }', '{ A: a, B: b }', ['config configmap app: B: - -> b']],
    ['a key gone', '{ A: a, B: b }', '{ A: a }', ['config configmap app: B: b -> -']],
    [
      'a password',
      '{ DB_PASS: "1", DB_PASSWORD: a }',
      '{ DB_PASS: "1", DB_PASSWORD: b }',
      ['config configmap app: DB_PASSWORD'],
    ],
    ['no data before', '{}', '{ A: a }', ['config configmap app: A: - -> a']],
  ])('of a ConfigMap: %s', (_case, before, after, expected) => {
    expect(facts(config('ConfigMap', 'app', before), config('ConfigMap', 'app', after))).toEqual(expected);
  });

  it('never shows a value of a Secret', () => {
    expect(facts(config('Secret', 'db', '{ user: hunter1 }'), config('Secret', 'db', '{ user: hunter2 }'))).toEqual([
      'config secret db: user',
    ]);
  });

  it('finds the setting in a file', () => {
    const pool = (children: number) => `{ www.conf: "[www]\\npm = dynamic\\npm.max_children = ${children}\\n" }`;
    expect(facts(config('ConfigMap', 'fpm', pool(50)), config('ConfigMap', 'fpm', pool(75)))).toEqual([
      'config configmap fpm: www.conf: pm.max_children: 50 -> 75',
    ]);
  });

  it.each([
    ['ConfigMap', 'configMapRef: { name: app }', ['env added B: - -> b', 'config configmap app: A: a -> c']],
    ['Secret', 'secretRef: { name: app }', ['env added B', 'config secret app: A']],
    [
      'ConfigMap',
      'prefix: X_, configMapRef: { name: app }',
      ['config configmap app: A: a -> c', 'config configmap app: B: - -> b'],
    ],
    [
      'ConfigMap',
      'configMapRef: { name: other }',
      ['config configmap app: A: a -> c', 'config configmap app: B: - -> b'],
    ],
  ])('is environment where pods take every key of it for a variable: %s by %s', (kind, source, expected) => {
    const both = (data: string) => `${config(kind, 'app', data)}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec: { template: { spec: { containers: [{ name: web, image: "web:1.0.0", envFrom: [{ ${source} }] }] } } }
`;
    expect(facts(both('{ A: a }'), both('{ A: c, B: b }'))).toEqual(expected);
  });

  it('pairs a generated ConfigMap with its predecessor, and says so of what reads it', () => {
    const both = (hash: string, mode: string) => `${config('ConfigMap', `app-${hash}`, `{ MODE: ${mode} }`)}
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      containers: [{ name: web, image: "web:1.0.0", envFrom: [{ configMapRef: { name: app-${hash} } }] }]
      volumes: [{ name: c, configMap: { name: app-${hash} } }]
`;
    expect(facts(both('6ct58987ht', 'fast'), both('4h2k87gb5m', 'slow'))).toEqual([
      'config configmap app: MODE: fast -> slow',
      'workload template config hash of app',
    ]);
  });

  it('takes a name for a hash only in the alphabet of kustomize', () => {
    const [before, after] = ['app-abcdefghij', 'app-jihgfedcba'].map(name => config('ConfigMap', name, '{ A: a }'));
    expect(facts(before, after)).toEqual(['object moved ConfigMap: app-abcdefghij -> app-jihgfedcba']);
  });

  it('counts sealed and external secrets as secrets', () => {
    const sealed = (value: string) => `
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata: { name: db }
spec: { encryptedData: { user: ${value} } }`;
    expect(facts(sealed('AgA'), sealed('AgB'))).toEqual(['config secret db: user']);
  });

  it('does not take a new signature of an encrypted file for new content', () => {
    const encrypted = (mac: string) => `
apiVersion: v1
kind: Secret
metadata: { name: db }
data: { user: "ENC[AES256_GCM,data:abc]" }
sops: { mac: ${mac} }`;
    expect(facts(encrypted('one'), encrypted('two'))).toEqual(['object modified Secret db: sops.mac']);
  });
});

describe('settings in a text of several lines', () => {
  it.each([
    ['ini', '[www]\npm.max_children = 50\n', '[www]\npm.max_children = 75\n', [['pm.max_children', '50', '75']]],
    ['YAML', 'a: 1\nb: 2\n', 'a: 1\nb: 3\n', [['b', '2', '3']]],
    ['nginx', 'worker_processes 4;\nuser www;\n', 'worker_processes 8;\nuser www;\n', [['worker_processes', '4', '8']]],
    ['a line more', 'a=1\n', 'a=1\nb=2\n', [['b', undefined, '2']]],
    ['a line less', 'a=1\nb=2\n', 'b=2\n', [['a', '1', undefined]]],
    [
      'two settings',
      'a=1\nb=2\nc=3\n',
      'a=5\nb=6\nc=3\n',
      [
        ['a', '1', '5'],
        ['b', '2', '6'],
      ],
    ],
    ['a password', 'user=a\npassword=b\n', 'user=a\npassword=c\n', [['password', undefined, undefined]]],
    ['comments alone', '# one\na=1\n', '# two\na=1\n', []],
    ['a line that is no setting', 'a\n{}\n', 'a\n[]\n', []],
    ['a rewrite', 'a=1\nb=1\nc=1\nd=1\ne=1\nf=1\n', 'a=2\nb=2\nc=2\nd=2\ne=2\nf=2\n', []],
    ['one line alone', 'a=1', 'a=2', []],
  ])('%s', (_case, before, after, expected) => {
    const settings = settingsThatDiffer(before, after);
    expect(settings.map(({ subject, from, to }) => [subject, from, to])).toEqual(expected);
  });
});
