import { type Agent, get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { failurePasses, networkFailure } from '../network-failure.ts';
import { type Answer, known, type NoAnswer, unknown } from './answer.ts';
import type { ServerClock } from './server-clock.ts';

/** A server that is asked, and how. */
export interface Endpoint {
  /** With the path below which everything is asked; without a final slash. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for the default one, which verifies certificates against the system's authorities. */
  readonly agent: Agent | undefined;
  /** Told what time the server has. */
  readonly clock?: ServerClock;
}

export interface Patience {
  /** The moment, in milliseconds, after which nothing is asked or awaited any more. */
  readonly deadline: number;
  readonly now: () => number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly body: string;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** Whether credentials may go there: over https, or not further than this machine. */
export function isSafeAddress(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** Bytes of one answer: a page of objects is far below. */
const LARGEST = 32 * 1024 * 1024;

/** Milliseconds that one request may take from its start to the end of its answer. */
const LONGEST = 10_000;

/** How often a server that asks for patience or fails for a moment is asked again, and the pause where it names none. */
const TRIES = 3;
const PAUSE = 500;

/** What may pass by itself: too many requests, and a server that is not up for a moment. */
const PASSING = new Set([429, 500, 502, 503, 504]);

/**
 * One GET, the only method there is. Certificates are verified, redirects are not followed, compressed answers are not
 * taken, and both time and size are bounded. A status that may pass is asked for again as long as there is time.
 */
export async function httpGet(endpoint: Endpoint, path: string, patience: Patience): Promise<Answer<HttpAnswer>> {
  for (let tries = 1; ; tries++) {
    const { answer, retryAfter } = await attempt(endpoint, path, patience);
    const again = answer.known ? PASSING.has(answer.value.status) : answer.passes;
    const pause = retryAfter ?? PAUSE * tries;
    if (!again || tries === TRIES || patience.now() + pause >= patience.deadline) return answer;
    await new Promise(resolve => setTimeout(resolve, pause));
  }
}

interface Attempt {
  readonly answer: Answer<HttpAnswer>;
  /** Milliseconds. */
  readonly retryAfter?: number | undefined;
}

async function attempt(endpoint: Endpoint, path: string, patience: Patience): Promise<Attempt> {
  const time = Math.min(LONGEST, patience.deadline - patience.now());
  if (time <= 0) return { answer: unknown('there was no time left to ask', true) };
  const { host } = new URL(endpoint.base);
  const signal = AbortSignal.timeout(time);
  try {
    const response = await opened(endpoint, path, signal);
    const answer = await read(response, host);
    if (!answer.known) response.destroy();
    return { answer, retryAfter: secondsOf(response.headers['retry-after']) };
  } catch (error) {
    const slow = `${host} did not answer within ${Math.ceil(time / 1000)} s`;
    return { answer: signal.aborted ? unknown(slow, true) : unreachable(error, host) };
  }
}

function opened(
  { base, headers, agent, clock }: Endpoint,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(`${base}${path}`);
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  const accepted = { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'deploy-lint' };
  return new Promise((resolve, reject) => {
    const answered = (response: IncomingMessage) => {
      clock?.heard(response.headers.date);
      resolve(response);
    };
    get(url, { agent, signal, headers: { ...accepted, ...headers } }, answered).on('error', reject);
  });
}

/** An answer that stays open. */
export interface HttpLines {
  readonly status: number;
  /**
   * Each line as it comes. Throws where the connection breaks, where nothing comes for `silence`, where a line is too
   * long, and for every status but 200.
   */
  readonly lines: AsyncIterable<string>;
}

/**
 * One GET whose answer is told line by line until either side ends it.
 *
 * @param silence Milliseconds without a byte after which the other side is given up.
 */
export async function httpLines(
  endpoint: Endpoint,
  path: string,
  { silence, signal }: { readonly silence: number; readonly signal: AbortSignal },
): Promise<Answer<HttpLines>> {
  const ending = new AbortController();
  const end = () => ending.abort();
  const timer = setTimeout(end, LONGEST);
  const { host } = new URL(endpoint.base);
  try {
    const response = await opened(endpoint, path, AbortSignal.any([signal, ending.signal]));
    const { statusCode: status = 0, socket } = response;
    // Nobody reads it, and unread it would keep the connection.
    if (status !== 200) response.destroy();
    socket.setTimeout(silence, end);
    // The connection may be used again, and with 0 the listener is taken off it.
    response.once('close', () => socket.setTimeout(0, end));
    // A connection that died without a word is found out by the system.
    socket.setKeepAlive(true, KEEP_ALIVE);
    return known({ status, lines: linesOf(response) });
  } catch (error) {
    return unreachable(error, host);
  } finally {
    clearTimeout(timer);
  }
}

/** Milliseconds without a byte after which the system asks the other side whether it is still there. */
const KEEP_ALIVE = 30_000;

async function* linesOf(response: IncomingMessage): AsyncIterable<string> {
  response.setEncoding('utf8');
  let rest = '';
  for await (const chunk of response) {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
    if (rest.length > LARGEST) throw new Error(`a line is longer than ${LARGEST / 1024 / 1024} MiB`);
  }
}

async function read(response: IncomingMessage, host: string): Promise<Answer<HttpAnswer>> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    return unknown(`${host} sends elsewhere (${status}), and redirects are not followed`);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return unknown(`${host} answers in an encoding that was not asked for`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.length;
    if (size > LARGEST) return unknown(`the answer of ${host} is larger than ${LARGEST / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return known({ status, body: Buffer.concat(chunks).toString('utf8') });
}

function secondsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : undefined;
}

function unreachable(error: unknown, host: string): NoAnswer {
  const said = error instanceof Error ? error.message : String(error);
  return unknown(`${host} ${networkFailure(error) ?? `could not be asked: ${said}`}`, failurePasses(error));
}
