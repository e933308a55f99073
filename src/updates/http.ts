import { type ClientRequest, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { errorCode, networkFailure } from '../network-failure.ts';
import { proxyFor, tunnelThrough } from './proxy.ts';
import { SourceError } from './release.ts';

/** One request for a document. */
export interface Get<Result> {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** The value of `Authorization`, or another header that proves who asks. Goes to the host of `url` alone. */
  readonly credential?: Readonly<Record<string, string>>;
  /** Largest body, in bytes, after it was unpacked. */
  readonly limit: number;
  readonly signal: AbortSignal;
  /** Reads a body of status 200 as it comes in. Ends early where it has what it needs. */
  readonly read: (body: AsyncIterable<Buffer>) => Promise<Result>;
}

/** What the server answered. `value` is there with status 200 alone. */
export interface Answer<Result> {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly value: Result | undefined;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
}

const MAX_REDIRECTS = 5;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const USER_AGENT = 'deploy-lint';

/** Gets a document. Throws `SourceError` where there is no answer, or one that is too large, too slow or no HTTP. */
export async function get<Result>(request: Get<Result>, env: NodeJS.ProcessEnv): Promise<Answer<Result>> {
  let { url, credential } = request;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
    const response = await send({ ...request, url, credential: credential ?? {} }, env);
    const { statusCode: status = 0, headers } = response;
    const next = REDIRECTS.has(status) ? headers.location : undefined;
    if (next === undefined) {
      const value = status === 200 ? await readBody(response, request, url) : undefined;
      response.destroy();
      return { status, headers, value, url };
    }
    response.destroy();
    const target = redirected(next, url);
    // Credentials belong to the host that they were made for, and redirects lead to others.
    if (target.origin !== url.origin) credential = {};
    url = target;
  }
  throw new SourceError(`${request.url.host} redirects more than ${MAX_REDIRECTS} times`);
}

function redirected(location: string, from: URL): URL {
  const target = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  const isSafe = target?.protocol === 'https:' || (target?.protocol === 'http:' && from.protocol === 'http:');
  if (target === undefined || !isSafe || target.username !== '' || target.password !== '') {
    throw new SourceError(`${from.host} redirects to an address that is not followed`);
  }
  return target;
}

type Sent = Pick<Get<unknown>, 'url' | 'headers' | 'signal'> & {
  readonly credential: Readonly<Record<string, string>>;
};

async function send({ url, headers, credential, signal }: Sent, env: NodeJS.ProcessEnv): Promise<IncomingMessage> {
  const proxy = proxyFor(url, env);
  const options: RequestOptions = {
    method: 'GET',
    signal,
    headers: { 'User-Agent': USER_AGENT, 'Accept-Encoding': 'gzip', ...headers, ...credential },
  };
  try {
    if (proxy === undefined)
      return await responseTo(url.protocol === 'https:' ? requestHttps(url, options) : requestHttp(url, options));
    const way = await tunnelThrough(proxy, url, signal);
    return await responseTo(way.start(options));
  } catch (error) {
    throw unreachable(error, url, signal);
  }
}

function responseTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.on('error', reject);
    request.on('response', resolve);
    request.end();
  });
}

async function readBody<Result>(
  response: IncomingMessage,
  { limit, read, signal }: Get<Result>,
  url: URL,
): Promise<Result> {
  const unpacked = unpack(response);
  try {
    return await read(limited(unpacked, limit, url));
  } catch (error) {
    throw error instanceof SourceError ? error : unreachable(error, url, signal);
  } finally {
    unpacked.destroy();
  }
}

function unpack(response: IncomingMessage): Readable {
  if (response.headers['content-encoding'] !== 'gzip') return response;
  const unpacker = createGunzip();
  // An error of either side ends the other, and is thrown to whoever reads.
  pipeline(response, unpacker).catch(error => unpacker.destroy(error));
  return unpacker;
}

async function* limited(body: Readable, limit: number, url: URL): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) throw new SourceError(`${url.host} answers with more than ${Math.floor(limit / 1024 / 1024)} MB`);
    yield chunk;
  }
}

/** What the system says of a connection, in words. Errors of other kinds are ours and stay as they are. */
function unreachable(error: unknown, { host }: URL, signal: AbortSignal): unknown {
  if (error instanceof SourceError) return error;
  if (signal.aborted) return new SourceError(`${host} gave no whole answer in time`);
  const code = errorCode(error);
  return code === undefined ? error : new SourceError(`${host} ${networkFailure(error) ?? `cannot be read: ${code}`}`);
}

/** All of a body as text. */
export async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
