import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXPLAINED_IN, FORMATS } from '../../src/cli/formats.ts';
import { main } from '../../src/cli/main.ts';
import { createShop, type Shop } from '../gate/shop.ts';
import { NO_INPUT } from '../support/io.ts';

/** Two values, with what each encoding spells in its own way between parts that most of them leave as they are. */
const VALUES = [`k7Qz2mXw9LpV4tRbY1"<&'/+?\\ 8nHs6dJcF3gA5uKe`, `T5vBn8yGq3ZrC6jW0s"<&'/+?\\ e2MfP9xDh7LkQ4wNz`];

const base64 = (text: string) => Buffer.from(text).toString('base64');
const hex = (text: string) => Buffer.from(text).toString('hex');

const SPELLINGS: readonly (readonly [name: string, (text: string) => string])[] = [
  ['plain', text => text],
  ['its first part', text => text.slice(0, 18)],
  ['its last part', text => text.slice(-16)],
  ['base64', text => base64(text).replace(/=+$/, '')],
  ['base64 one byte further', text => base64(`:${text}`).slice(4, -4)],
  ['base64 two bytes further', text => base64(`::${text}`).slice(4, -4)],
  ['base64 for addresses', text => Buffer.from(text).toString('base64url')],
  ['base64 twice', text => base64(base64(text)).replace(/=+$/, '')],
  ['hexadecimal', hex],
  ['hexadecimal in capitals', text => hex(text).toUpperCase()],
  ['encoded for addresses', encodeURIComponent],
  ['escaped for JSON', text => JSON.stringify(text).slice(1, -1)],
  ['escaped twice for JSON', text => JSON.stringify(JSON.stringify(text)).slice(3, -3)],
  ['quoted for YAML', text => text.replaceAll("'", "''")],
  ['escaped for HTML', text => text.replace(/[&<>"']/g, one => `&#${one.charCodeAt(0)};`)],
  ['from its end', text => [...text].reverse().join('')],
];

/** A secret in each place where one is written, and mistakes beside it, so that something is said about each file. */
function filesWith(value: string): Record<string, string> {
  const quoted = JSON.stringify(value);
  const login = `https://user:${encodeURIComponent(value)}@db.example/shop`;
  const docker = JSON.stringify({ auths: { 'registry.example': { auth: base64(`user:${value}`) } } });
  return {
    'shop/base/kustomization.yaml': `resources: [web.yaml, database.yaml, secrets.yaml, access.yaml, sealed.yaml, broken.yaml, secrets.yaml]
secretGenerator:
- name: made
  literals: [${JSON.stringify(`password=${value}`)}]
  envs: [secret.env]
  files: [key.pem]
`,
    'shop/base/secret.env': `TOKEN=${value}\n`,
    'shop/base/key.pem': `-----BEGIN PRIVATE KEY-----\n${base64(value)}\n-----END PRIVATE KEY-----\n`,
    'shop/base/secrets.yaml': `apiVersion: v1
kind: Secret
metadata:
  name: plain
  annotations: { kubectl.kubernetes.io/last-applied-configuration: ${JSON.stringify(JSON.stringify({ data: value }))} }
data: { key: ${base64(value)}, wrong: ${quoted}, twice: ${base64(base64(value))} }
stringData: { key: ${quoted}, address: ${JSON.stringify(login)} }
---
apiVersion: v1
kind: Secret
metadata: { name: registry }
type: kubernetes.io/dockerconfigjson
data: { .dockerconfigjson: ${base64(docker)} }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data: { db.password: ${quoted}, DATABASE_URL: ${JSON.stringify(login)}, api_token: ${quoted} }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: reader }
spec:
  replicas: "2"
  selector: { matchLabels: { app: reader } }
  template:
    metadata: { labels: { app: reader } }
    spec:
      containers:
      - name: reader
        image: registry.example/reader:1.0.0
        args: [${JSON.stringify(`--db-password=${value}`)}]
        env:
        - { name: DB_PASSWORD, value: ${quoted} }
        - { name: DATABASE_URL, value: ${JSON.stringify(login)} }
        - { name: TOKEN, valueFrom: { secretKeyRef: { name: plain, key: gone } } }
`,
    'argocd/chart.yaml': `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: chart }
spec:
  source:
    repoURL: https://charts.example
    chart: shop
    targetRevision: 1.0.0
    helm:
      parameters: [{ name: auth.password, value: ${quoted} }]
      values: ${JSON.stringify(`auth:\n  password: ${quoted}\n`)}
      valuesObject: { auth: { token: ${quoted} } }
  destination: { namespace: shop, server: https://kubernetes.default.svc }
`,
    'shop/base/access.yaml': `apiVersion: v1
kind: ConfigMap
metadata: { name: access }
data:
  kubeconfig: |
    users: [{ name: deployer, user: { token: ${quoted}, password: ${quoted} } }]
`,
    'shop/base/sealed.yaml': `apiVersion: v1
kind: Secret
metadata: { name: sealed }
stringData: { key: ${JSON.stringify(`ENC[AES256_GCM,data:${base64(value)},type:str]`)} }
sops: { mac: ${JSON.stringify(`ENC[AES256_GCM,data:${base64(value)},type:str]`)}, lastmodified: "2026-03-16T12:00:00Z" }
`,
    'shop/base/broken.yaml': `apiVersion: v1\nkind: Secret\nmetadata: { name: broken }\nstringData:\n  key: ${quoted}\n  key: ${quoted}\n bad: [\n`,
  };
}

/** Each spelling of a value that a text holds, wherever its lines were broken. */
function shownIn(text: string): string[] {
  const joined = text.replace(/\s+/g, '');
  return VALUES.flatMap(value =>
    SPELLINGS.flatMap(([name, spell]) => (joined.includes(spell(value).replace(/\s+/g, '')) ? [name] : [])),
  );
}

let shop: Shop;
beforeAll(() => {
  shop = createShop('');
  shop.git('config', '--unset', 'core.hooksPath');
  for (const [index, value] of VALUES.entries()) shop.commit(`Set ${index}`, filesWith(value));
});
afterAll(() => shop.cleanup());

async function run(...args: string[]): Promise<string> {
  let written = '';
  const to = { write: (text: string) => (written += text) };
  const env = { ...shop.env, XDG_CACHE_HOME: join(shop.env.HOME ?? '', 'cache'), DEPLOY_LINT_DEBUG: '1' };
  const home = new URL('../..', import.meta.url).pathname;
  await main(args, { ...NO_INPUT, stdout: to, stderr: to, cwd: shop.path, env, home, isTTY: false });
  return written;
}

describe('E09 the values of secrets', () => {
  it('are found in any of their spellings', () => {
    for (const [, spell] of SPELLINGS) expect(shownIn(`x ${spell(VALUES[0] ?? '')} x`)).not.toEqual([]);
  });

  it.each(FORMATS)('are not in a report as %s', async format => {
    const more = EXPLAINED_IN.has(format) ? ['--explain'] : [];
    for (const args of [[], more]) {
      const text = await run('--commit', 'HEAD', '--format', format, ...args);
      expect(text).toMatch(/\S/);
      expect(shownIn(text)).toEqual([]);
    }
  });

  it.each([
    ['all', '--all'],
    ['explain', 'explain', 'shop/base/secrets.yaml:6'],
    ['history', 'history'],
  ])('are not in what else is said: %s', async (_, ...args) => {
    const text = await run(...args);
    expect(text).toMatch(/\S/);
    expect(shownIn(text)).toEqual([]);
  });

  it('are not in the files that are kept', async () => {
    await run('--commit', 'HEAD');
    const cache = join(shop.env.HOME ?? '', 'cache');
    const kept = readdirSync(cache, { recursive: true, withFileTypes: true }).filter(entry => entry.isFile());
    expect(kept).not.toEqual([]);
    for (const { parentPath, name } of kept) {
      expect(shownIn(readFileSync(join(parentPath, name), 'latin1'))).toEqual([]);
    }
  });
});
