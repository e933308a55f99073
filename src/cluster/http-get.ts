import { type Agent, get as getHttp, type IncomingMessage } from 'node:http';
import { get as getHttps } from 'node:https';
import { failurePasses, networkFailure } from '../network-failure.ts';
import { type Answer, known, unknown } from './answer.ts';

/** A server that is asked, and how. */
export interface Endpoint {
  /** With the path below which everything is asked; without a final slash. */
  readonly base: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined for the default one, which verifies certificates against the system's authorities. */
  readonly agent: Agent | undefined;
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

function attempt({ base, headers, agent }: Endpoint, path: string, patience: Patience): Promise<Attempt> {
  const time = Math.min(LONGEST, patience.deadline - patience.now());
  if (time <= 0) return Promise.resolve({ answer: unknown('there was no time left to ask', true) });
  const url = new URL(`${base}${path}`);
  const get = url.protocol === 'https:' ? getHttps : getHttp;
  return new Promise(resolve => {
    const signal = AbortSignal.timeout(time);
    const fail = (error: unknown) =>
      resolve({ answer: signal.aborted ? tooSlow(url, time) : unknown(reasonOf(error, url), failurePasses(error)) });
    const request = get(
      url,
      {
        agent,
        signal,
        headers: { accept: 'application/json', 'accept-encoding': 'identity', 'user-agent': 'deploy-lint', ...headers },
      },
      response => {
        read(response, url).then(answer => {
          if (!answer.known) request.destroy();
          resolve({ answer, retryAfter: secondsOf(response.headers['retry-after']) });
        }, fail);
      },
    );
    request.on('error', fail);
  });
}

async function read(response: IncomingMessage, url: URL): Promise<Answer<HttpAnswer>> {
  const { statusCode: status = 0, headers } = response;
  if (status >= 300 && status < 400) {
    return unknown(`${url.host} sends elsewhere (${status}), and redirects are not followed`);
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    return unknown(`${url.host} answers in an encoding that was not asked for`);
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    if (!(chunk instanceof Buffer)) continue;
    size += chunk.length;
    if (size > LARGEST) return unknown(`the answer of ${url.host} is larger than ${LARGEST / 1024 / 1024} MiB`);
    chunks.push(chunk);
  }
  return known({ status, body: Buffer.concat(chunks).toString('utf8') });
}

function tooSlow(url: URL, time: number): Answer<never> {
  return unknown(`${url.host} did not answer within ${Math.ceil(time / 1000)} s`, true);
}

function secondsOf(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,4}$/.test(header) ? Number(header) * 1000 : undefined;
}

function reasonOf(error: unknown, { host }: URL): string {
  const failure = networkFailure(error);
  if (failure !== undefined) return `${host} ${failure}`;
  return `${host} could not be asked: ${error instanceof Error ? error.message : String(error)}`;
}
