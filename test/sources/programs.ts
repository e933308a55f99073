import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createConnection, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { it } from 'vitest';

/** Servers that people run, as Debian installs them; `undefined` where this machine has none. */
export const PROGRAMS = {
  'git daemon': found(join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-daemon')),
  nginx: found('/usr/sbin/nginx'),
  'docker-registry': found('/usr/bin/docker-registry'),
  openssl: found('/usr/bin/openssl'),
} as const;

function found(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}

/** A test that needs a program, and names it where this machine has none. */
export function needing(program: keyof typeof PROGRAMS, name: string, test: (path: string) => Promise<void>): void {
  const path = PROGRAMS[program];
  if (path === undefined) it.skip(`${name}: this machine has no ${program}`, () => {});
  else it(name, () => test(path));
}

/** The port that a server listens on. */
export function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the server does not listen');
  return address.port;
}

export interface Running {
  readonly port: number;
  stop(): Promise<void>;
}

/** Starts a server on a port of its own and waits until it takes connections. */
export async function start(
  program: string,
  argsFor: (port: number) => readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Running> {
  const port = await freePort();
  const child = spawn(program, argsFor(port), {
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk));
  const ended = new Promise<void>(resolve => child.on('close', () => resolve()));
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  while (!(await takesConnections(port))) {
    if (hasEnded(child)) throw new Error(`${program} ended: ${said}`);
  }
  return { port, stop };
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const port = portOf(server);
      server.close(() => resolve(port));
    });
  });
}

function takesConnections(port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = createConnection(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    // Long enough for a server to start between two attempts.
    socket.once('error', () => setTimeout(() => resolve(false), 50));
  });
}
