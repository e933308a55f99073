import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ConnectOptions, connect } from '../../src/cluster/kubeconfig.ts';

let home: string;
let repository: string;
let told: string[];

beforeEach(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'deploy-lint-')));
  repository = join(home, 'repository');
  mkdirSync(repository);
  mkdirSync(join(home, 'bin'));
  told = [];
});
afterEach(() => rmSync(home, { recursive: true }));

interface Config {
  readonly cluster?: string;
  readonly user?: string;
}

function kubeconfig(
  file: string,
  { cluster = 'server: "https://192.0.2.1:6443"', user = 'token: secret' }: Config = {},
) {
  const path = join(home, file);
  writeFileSync(
    path,
    `apiVersion: v1
kind: Config
current-context: prod
clusters: [{ name: c, cluster: { ${cluster} } }]
users: [{ name: u, user: { ${user} } }]
contexts: [{ name: prod, context: { cluster: c, user: u } }]
`,
  );
  return path;
}

function connecting(kubeconfigs: string, more: Partial<ConnectOptions> & { readonly ci?: string } = {}) {
  const { ci, ...options } = more;
  const env = {
    KUBECONFIG: kubeconfigs,
    HOME: home,
    PATH: `node_modules/.bin:${join(repository, 'bin')}:${join(home, 'bin')}`,
    CI: ci,
  };
  return connect({
    env,
    cwd: repository,
    repository,
    context: undefined,
    allowPlugin: false,
    tell: line => told.push(line),
    ...options,
  });
}

function program(path: string, script: string): void {
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
}

const plugin = (command: string) =>
  `exec: { apiVersion: client.authentication.k8s.io/v1, command: ${command}, args: [token] }`;
const CREDENTIAL = `echo '{"kind":"ExecCredential","status":{"token":"from-plugin"}}'`;

it('leads to the server with the token, over a connection that is verified', async () => {
  const { context, server, endpoint } = await connecting(kubeconfig('config'));
  expect({ context, server }).toEqual({ context: 'prod', server: 'https://192.0.2.1:6443' });
  expect(endpoint.headers).toEqual({ Authorization: 'Bearer secret' });
  expect(endpoint.agent).toMatchObject({ options: { rejectUnauthorized: true } });
});

it('takes the first of two entries of a name, as kubectl does', async () => {
  const files = [kubeconfig('one'), kubeconfig('two', { cluster: 'server: "https://192.0.2.2"' })];
  expect((await connecting(files.join(':'))).server).toBe('https://192.0.2.1:6443');
});

it('names the contexts that there are', async () => {
  await expect(connecting(kubeconfig('config'), { context: 'staging' })).rejects.toMatchObject({
    message: 'there is no context staging',
    hint: 'There are: prod.',
    exitCode: 2,
  });
});

it.each([
  ['is empty', () => writeFileSync(join(home, 'config'), '\n'), 'cannot be read: it is empty'],
  ['is no YAML', () => writeFileSync(join(home, 'config'), '{['), 'cannot be read: unexpected end'],
  ['is a folder', () => mkdirSync(join(home, 'config')), 'cannot be read: it is a folder'],
  [
    'names an authority that is not there',
    () => kubeconfig('config', { cluster: 'server: "https://192.0.2.1", certificate-authority: gone.crt' }),
    /cannot be read: .*gone\.crt is not there$/,
  ],
])('says what is wrong with a file that %s', async (_, write, message) => {
  write();
  await expect(connecting(join(home, 'config'))).rejects.toMatchObject({ exitCode: 2 });
  await expect(connecting(join(home, 'config'))).rejects.toThrow(message);
});

describe('H01 a kubeconfig in the repository', () => {
  it('is refused, by whatever way it is named', async () => {
    const inside = kubeconfig('repository/kubeconfig');
    symlinkSync(inside, join(home, 'link'));
    for (const file of [inside, 'kubeconfig', join(home, 'link')]) {
      await expect(connecting(file)).rejects.toThrow('lies in the repository under review');
    }
  });
});

describe('H02 a credential plugin', () => {
  const config = (command = 'get-token') => kubeconfig('config', { user: plugin(command) });

  it('is named when it runs', async () => {
    program(join(home, 'bin', 'get-token'), CREDENTIAL);
    const { endpoint } = await connecting(config());
    expect(endpoint.headers).toEqual({ Authorization: 'Bearer from-plugin' });
    expect(told).toEqual([`credentials from ${join(home, 'bin', 'get-token')} token`]);
  });

  it('does not run in CI by itself', async () => {
    program(join(home, 'bin', 'get-token'), CREDENTIAL);
    await expect(connecting(config(), { ci: 'true' })).rejects.toThrow('does not happen in CI by itself');
    expect((await connecting(config(), { ci: 'true', allowPlugin: true })).endpoint.headers).toEqual({
      Authorization: 'Bearer from-plugin',
    });
  });

  it('is never a program of the repository, nor a relative path', async () => {
    for (const folder of ['bin', 'node_modules/.bin']) {
      mkdirSync(join(repository, folder), { recursive: true });
      program(join(repository, folder, 'get-token'), CREDENTIAL);
    }
    await expect(connecting(config())).rejects.toThrow('not installed outside this repository');
    await expect(connecting(config(join(repository, 'bin', 'get-token')))).rejects.toThrow('not installed outside');
    await expect(connecting(config('./bin/get-token'))).rejects.toThrow('is a relative path');
  });

  it('sees no more of the environment than it needs', async () => {
    program(join(home, 'bin', 'get-token'), `[ -z "$NODE_OPTIONS$GIT_DIR$PROMETHEUS_TOKEN" ] && ${CREDENTIAL}`);
    const env = {
      KUBECONFIG: config(),
      PATH: join(home, 'bin'),
      NODE_OPTIONS: '--x',
      GIT_DIR: 'x',
      PROMETHEUS_TOKEN: 'x',
    };
    expect((await connecting('', { env })).endpoint.headers).toEqual({ Authorization: 'Bearer from-plugin' });
  });

  it.each([
    ['says nothing of plugins', '', undefined],
    ['allows all', 'credentialPluginPolicy: AllowAll', undefined],
    [
      'lists it by its name',
      'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{ command: get-token }]',
      undefined,
    ],
    [
      'lists it as 1.35 did',
      'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{ name: get-token }]',
      undefined,
    ],
    [
      'lists another',
      'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: [{ command: other }]',
      'other credential plugins alone',
    ],
    ['allows none', 'credentialPluginPolicy: DenyAll', 'no credential plugin, and the context runs get-token'],
    ['has a policy of tomorrow', 'credentialPluginPolicy: Ask', 'which is not known here'],
    [
      'contradicts itself',
      'credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist: [{ command: get-token }]',
      'beside the policy DenyAll',
    ],
    ['is no YAML', 'a: [', 'is not YAML'],
  ])('runs as the kuberc says, which %s', async (_, content, refusal) => {
    program(join(home, 'bin', 'get-token'), CREDENTIAL);
    mkdirSync(join(home, '.kube'));
    writeFileSync(
      join(home, '.kube', 'kuberc'),
      `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${content}\n`,
    );
    const found = connecting(config());
    if (refusal === undefined) expect((await found).endpoint.headers).toEqual({ Authorization: 'Bearer from-plugin' });
    else await expect(found).rejects.toMatchObject({ message: expect.stringContaining(refusal), exitCode: 2 });
  });

  it('runs as the file says that KUBERC names, outside the repository', async () => {
    program(join(home, 'bin', 'get-token'), CREDENTIAL);
    const denying = (file: string) => {
      writeFileSync(join(home, file), 'kind: Preference\ncredentialPluginPolicy: DenyAll\n');
      return join(home, file);
    };
    const env = { KUBECONFIG: config(), HOME: home, PATH: join(home, 'bin') };
    await expect(connecting('', { env: { ...env, KUBERC: denying('mine') } })).rejects.toThrow('no credential plugin');
    await expect(connecting('', { env: { ...env, KUBERC: 'gone' } })).rejects.toThrow('which is not there');
    await expect(connecting('', { env: { ...env, KUBERC: denying('repository/kuberc') } })).rejects.toThrow(
      'lies in the repository under review',
    );
    expect(await connecting('', { env: { ...env, KUBERC: 'off' } })).toMatchObject({ context: 'prod' });
  });

  it('tells nothing of what it printed where that is no credential', async () => {
    program(join(home, 'bin', 'get-token'), 'echo "half of a secret"');
    await expect(connecting(config())).rejects.toThrow('the credential plugin get-token printed no credential');
    program(join(home, 'bin', 'get-token'), 'echo "please log in" >&2; exit 1');
    await expect(connecting(config())).rejects.toThrow('the credential plugin get-token failed: please log in');
  });
});

describe('H03 a connection that anyone could listen to', () => {
  it.each([
    [
      'insecure-skip-tls-verify',
      'server: "https://192.0.2.1", insecure-skip-tls-verify: true',
      'turns the verification',
    ],
    ['http', 'server: "http://192.0.2.1"', 'is not https'],
    ['another scheme', 'server: "ftp://192.0.2.1"', 'is not https'],
  ])('is refused: %s', async (_, cluster, message) => {
    await expect(connecting(kubeconfig('config', { cluster }))).rejects.toThrow(message);
  });

  it('is verified through a proxy as well', async () => {
    const cluster = 'server: "https://192.0.2.1:6443", proxy-url: "http://192.0.2.9:3128"';
    const { endpoint } = await connecting(kubeconfig('config', { cluster }));
    expect(endpoint.agent).toMatchObject({ options: { rejectUnauthorized: true }, proxy: { host: '192.0.2.9:3128' } });
  });

  it('may be a proxy on this machine', async () => {
    const { endpoint } = await connecting(kubeconfig('config', { cluster: 'server: "http://127.0.0.1:8001"' }));
    expect(endpoint.base).toBe('http://127.0.0.1:8001');
  });
});
