import { type ClientRequest, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { SourceError } from './release.ts';

/** A connection that leads through a proxy. */
export interface Tunnel {
  readonly start: (options: RequestOptions) => ClientRequest;
}

/**
 * The proxy for an address by the variables that curl and git know: `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and
 * `NO_PROXY`, in lower case too. Node's own `fetch` reads none of them before version 24.
 */
export function proxyFor(url: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const variable = (name: string) => env[name.toLowerCase()] || env[name] || undefined;
  const given = variable(url.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? variable('ALL_PROXY');
  if (given === undefined || isExcepted(url, variable('NO_PROXY') ?? '')) return undefined;
  const text = given.includes('://') ? given : `http://${given}`;
  const proxy = URL.canParse(text) ? new URL(text) : undefined;
  if (proxy?.protocol !== 'http:' && proxy?.protocol !== 'https:')
    throw new SourceError('the proxy is no http address');
  return proxy;
}

/** `*`, `host`, `.domain`, `domain`, each with a port maybe. */
function isExcepted({ hostname, port, protocol }: URL, list: string): boolean {
  const wanted = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return list.split(/[\s,]+/).some(entry => {
    const [, name = '', only] = /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
    if (entry === '' || (only !== undefined && only !== wanted)) return false;
    return entry === '*' || hostname === name || (name !== '' && hostname.endsWith(`.${name}`));
  });
}

/** https goes through a tunnel that the proxy cannot read; http is asked of the proxy itself. */
export async function tunnelThrough(proxy: URL, url: URL, signal: AbortSignal): Promise<Tunnel> {
  const request = proxy.protocol === 'https:' ? requestHttps : requestHttp;
  const credential = proxyCredential(proxy);
  if (url.protocol === 'http:') {
    return {
      start: options =>
        request(proxy, { ...options, path: url.href, headers: { ...options.headers, ...credential, Host: url.host } }),
    };
  }
  const socket = await new Promise<Socket>((resolve, reject) => {
    const target = `${url.hostname}:${url.port === '' ? '443' : url.port}`;
    const asked = request(proxy, { method: 'CONNECT', path: target, signal, headers: { ...credential, Host: target } });
    asked.on('error', reject);
    asked.on('connect', ({ statusCode }, connection) => {
      if (statusCode === 200) resolve(connection);
      else {
        connection.destroy();
        reject(new SourceError(`the proxy ${proxy.host} answers ${statusCode} for ${url.host}`));
      }
    });
    asked.end();
  });
  // An address of numbers is no server's name, and TLS knows names alone.
  const servername = isIP(url.hostname) === 0 ? url.hostname : '';
  const createConnection = () => connectTls({ socket, host: url.hostname, servername });
  return { start: options => requestHttps(url, { ...options, createConnection }) };
}

function proxyCredential({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'Proxy-Authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}
