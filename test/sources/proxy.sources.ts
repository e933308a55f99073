import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect } from 'vitest';
import { get, readText } from '../../src/updates/http.ts';
import { needing, portOf } from './programs.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'deploy-lint-proxy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a proxy', () => {
  needing('openssl', 'leads to the certificate of the server itself', async openssl => {
    const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
    const subject = ['-subj', '/CN=charts.example', '-addext', 'subjectAltName=DNS:charts.example'];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', key, '-out', certificate];
    execFileSync(openssl, [...made, ...subject], { stdio: 'ignore' });
    const server = createSecureServer({ key: readFileSync(key), cert: readFileSync(certificate) }, (_, response) =>
      response.end(),
    );
    const asked: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      const onward = connect(portOf(server), '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onward.pipe(socket).pipe(onward);
      });
    });
    await Promise.all([server, proxy].map(one => new Promise<void>(resolve => one.listen(0, '127.0.0.1', resolve))));
    const env = { HTTPS_PROXY: `http://127.0.0.1:${portOf(proxy)}` };
    const request = {
      url: new URL('https://charts.example/index.yaml'),
      limit: 1000,
      signal: AbortSignal.timeout(10_000),
      read: readText,
    };
    await expect(get(request, env)).rejects.toThrow('charts.example has a certificate that no known authority signed');
    expect(asked).toEqual(['charts.example:443']);
    server.close();
    proxy.close();
    proxy.closeAllConnections();
  });
});
