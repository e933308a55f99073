import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { isRecord } from './live-object.ts';

/** A program that prints credentials, as a kubeconfig names it. */
export interface ExecPlugin {
  readonly apiVersion: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: readonly { readonly name: string; readonly value: string }[];
}

export interface Credential {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

/** The plugin could not be used; the message says why and holds nothing that it printed but its first line of stderr. */
export class PluginError extends Error {}

const LONGEST = 10_000;
const LARGEST = 1024 * 1024;

/** What a plugin has no business to see or obey: how node and git are driven here, and the tokens of others. */
const WITHHELD = /^(?:NODE_|npm_|GIT_|LD_|DYLD_|DEPLOY_LINT_|ARGOCD_AUTH_TOKEN$|PROMETHEUS_TOKEN$)/i;

/** The plugin's fields of a kubeconfig's `user.exec`. Throws `PluginError` for what is none. */
export function pluginOf(exec: unknown): ExecPlugin {
  if (!isRecord(exec) || typeof exec.command !== 'string' || exec.command === '') {
    throw new PluginError('the credential plugin names no command');
  }
  const env = Array.isArray(exec.env) ? exec.env.filter(isRecord) : [];
  return {
    apiVersion: typeof exec.apiVersion === 'string' ? exec.apiVersion : 'client.authentication.k8s.io/v1',
    command: exec.command,
    args: Array.isArray(exec.args) ? exec.args.map(String) : [],
    env: env.map(({ name, value }) => ({ name: String(name), value: String(value) })),
  };
}

/** Whether a path is the repository's or in it, so that a commit could change what stands there. Both without links. */
export function isUnderReview(path: string, repository: string): boolean {
  return `${path}${sep}`.startsWith(`${repository}${sep}`);
}

/**
 * The plugin's program: an absolute path, or found in the absolute folders of `PATH`. Never one inside the repository,
 * whose tools a `PATH` of npm's has in front. Throws `PluginError`.
 */
export async function programOf(command: string, path: string, repository: string): Promise<string> {
  const isBare = !/[\\/]/.test(command);
  if (!isBare && !isAbsolute(command)) throw new PluginError(`the credential plugin ${command} is a relative path`);
  const candidates = isBare
    ? path.split(delimiter).flatMap(folder => (isAbsolute(folder) ? join(folder, command) : []))
    : [command];
  for (const candidate of candidates) {
    const real = await realpath(candidate).catch(() => undefined);
    if (real === undefined || isUnderReview(real, repository)) continue;
    const runs = await access(real, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (runs) return candidate;
  }
  throw new PluginError(`the credential plugin ${command} is not installed outside this repository`);
}

/** Runs the plugin as client-go does, without a terminal. Throws `PluginError`. */
export function runPlugin(
  program: string,
  plugin: ExecPlugin,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Credential> {
  const kept = Object.entries(env).filter(([name]) => !WITHHELD.test(name));
  const info = { apiVersion: plugin.apiVersion, kind: 'ExecCredential', spec: { interactive: false } };
  const childEnv = {
    ...Object.fromEntries(kept),
    ...Object.fromEntries(plugin.env.map(({ name, value }) => [name, value])),
    KUBERNETES_EXEC_INFO: JSON.stringify(info),
  };
  const options = { env: childEnv, timeout: LONGEST, killSignal: 'SIGKILL', maxBuffer: LARGEST } as const;
  return new Promise((resolve, reject) => {
    const child = execFile(program, plugin.args, options, (error, stdout, stderr) => {
      if (error !== null) {
        const why = error.killed ? `did not end within ${LONGEST / 1000} s` : 'failed';
        const line = stderr.split('\n', 1)[0] ?? '';
        reject(new PluginError(`the credential plugin ${plugin.command} ${why}${line === '' ? '' : `: ${line}`}`));
        return;
      }
      const credential = credentialIn(stdout);
      if (credential !== undefined) resolve(credential);
      else reject(new PluginError(`the credential plugin ${plugin.command} printed no credential`));
    });
    child.stdin?.end();
  });
}

function credentialIn(stdout: string): Credential | undefined {
  let printed: unknown;
  try {
    printed = JSON.parse(stdout);
  } catch {
    // What it printed may hold a secret, so it is not told.
    return undefined;
  }
  const status = isRecord(printed) ? printed.status : undefined;
  if (!isRecord(status)) return undefined;
  const field = (name: string) => (typeof status[name] === 'string' ? status[name] : undefined);
  const found = {
    token: field('token'),
    certificate: field('clientCertificateData'),
    key: field('clientKeyData'),
  };
  return found.token === undefined && found.certificate === undefined ? undefined : found;
}
