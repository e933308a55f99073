import { setTimeout as delay } from 'node:timers/promises';
import { type Answer, type Get, get, readText } from './http.ts';
import type { Kept, KeptAnswer } from './kept.ts';
import { SourceError } from './release.ts';
import { parseJson } from './sources/json.ts';
import { credentialFor } from './tokens.ts';

/** What one component's sources are asked with. */
export interface Network {
  /** The answer of status 200. Throws `SourceError` where there is none. */
  get<Result>(request: Request<Result>): Promise<Found<Result>>;
  /** The tags of a remote repository, asked for through git. */
  tags(url: URL): Promise<string[]>;
}

export interface Request<Result> {
  readonly url: URL;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of what the environment has for the host. */
  readonly credential?: Readonly<Record<string, string>>;
  readonly limit?: number;
  /** The answer is for now alone, such as a token, and is not kept. */
  readonly transient?: boolean;
  readonly read: Get<Result>['read'];
}

export interface Found<Result> {
  readonly value: Result;
  /** The address of the next page, on the same host. */
  readonly next: URL | undefined;
}

/** An answer that is not the document. */
export class StatusError extends SourceError {
  readonly status: number;
  readonly challenge: string | undefined;

  constructor(message: string, status: number, challenge: string | undefined) {
    super(message);
    this.status = status;
    this.challenge = challenge;
  }
}

export interface NetworkOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly kept: Kept;
  /** Nothing is asked; what was kept is the answer. */
  readonly offline: boolean;
  /** Ends whatever is under way for the component. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /**
   * What was asked in this run by address, and whether it was answered: charts of one repository share its index, which
   * may have tens of megabytes.
   */
  readonly asked: Map<string, Promise<boolean>>;
  readonly remoteTags: (url: URL) => Promise<string[]>;
}

/** Most pages are some kilobytes. */
const USUAL_LIMIT = 16 * 1024 * 1024;
/** Seconds that a server may have us wait before the row is given up. */
const LONGEST_WAIT = 10;
const MOST_TRIES = 3;

export function createNetwork(options: NetworkOptions): Network {
  return {
    get: request => getShared(request, options),
    tags: url => tagsKept(url, options),
  };
}

function getShared<Result>(request: Request<Result>, options: NetworkOptions): Promise<Found<Result>> {
  const { asked } = options;
  const key = request.url.href;
  const before = asked.get(key);
  const answer = getKept(request, before, options);
  const known = answer.then(
    () => true,
    () => false,
  );
  if (before === undefined && !request.transient) asked.set(key, known);
  return answer;
}

async function getKept<Result>(
  request: Request<Result>,
  before: Promise<boolean> | undefined,
  options: NetworkOptions,
): Promise<Found<Result>> {
  const isAnswered = (await before) ?? false;
  const old = request.transient ? undefined : await options.kept.read<Result>(request.url.href);
  if (old !== undefined && (options.offline || isAnswered)) return foundIn(old, request.url);
  if (options.offline) throw new SourceError(`nothing is kept of ${request.url.host} for --offline`);
  return getAnew(request, old, options);
}

async function getAnew<Result>(
  request: Request<Result>,
  old: KeptAnswer<Result> | undefined,
  options: NetworkOptions,
): Promise<Found<Result>> {
  const answer = await patiently(request, old, options);
  if (answer.status === 304 && old !== undefined) return foundIn(old, request.url);
  if (answer.value === undefined) throw refused(answer, options);
  const { etag, 'last-modified': lastModified, link } = answer.headers;
  const found = { etag, lastModified, next: nextOf(link), value: answer.value };
  if (!request.transient) await options.kept.write(request.url.href, found);
  return foundIn(found, request.url);
}

/** Asks again where the server says when, and soon. */
async function patiently<Result>(
  request: Request<Result>,
  old: KeptAnswer<Result> | undefined,
  { env, signal, now }: NetworkOptions,
): Promise<Answer<Result>> {
  const headers = {
    ...request.headers,
    ...(old?.etag === undefined ? {} : { 'If-None-Match': old.etag }),
    ...(old?.lastModified === undefined ? {} : { 'If-Modified-Since': old.lastModified }),
  };
  const { url, limit = USUAL_LIMIT, credential = credentialFor(url, env) } = request;
  for (let tries = 1; ; tries++) {
    const answer = await get({ ...request, headers, limit, credential, signal }, env);
    const wait = isBusy(answer) ? secondsToWait(answer, now()) : undefined;
    if (wait === undefined || wait > LONGEST_WAIT || tries === MOST_TRIES) return answer;
    await delay(wait * 1000, undefined, { signal }).catch(() => {
      throw new SourceError(`${url.host} gave no whole answer in time`);
    });
  }
}

function isBusy({ status, headers }: Answer<unknown>): boolean {
  const isLimited = headers['x-ratelimit-remaining'] === '0' || headers['retry-after'] !== undefined;
  return status === 429 || status === 503 || (status === 403 && isLimited);
}

/** `Retry-After` in seconds or as a date; GitHub and GitLab name the moment in a header of their own. */
function secondsToWait({ headers }: Answer<unknown>, now: Date): number | undefined {
  const after = headers['retry-after'];
  if (after !== undefined && /^\d{1,6}$/.test(after)) return Number(after);
  const reset = headers['x-ratelimit-reset'] ?? headers['ratelimit-reset'];
  const moment = after === undefined ? Number(reset) * 1000 : Date.parse(after);
  return Number.isFinite(moment) ? Math.max(0, Math.ceil((moment - now.getTime()) / 1000)) : undefined;
}

function refused(answer: Answer<unknown>, { now }: NetworkOptions): SourceError {
  const { status, url, headers } = answer;
  if (isBusy(answer)) {
    const wait = secondsToWait(answer, now());
    const until = wait === undefined ? '' : ` for another ${wait} s`;
    const hint = url.host === 'api.github.com' ? '; with GITHUB_TOKEN set it answers more often' : '';
    return new StatusError(`${url.host} takes no more requests${until}${hint}`, status, undefined);
  }
  const said = new Map([
    [401, 'asks who is asking'],
    [403, 'does not allow it'],
    [404, 'has no such thing'],
  ]).get(status);
  return new StatusError(`${url.host} ${said ?? `answers ${status}`}`, status, headers['www-authenticate']);
}

function foundIn<Result>({ value, next }: KeptAnswer<Result>, url: URL): Found<Result> {
  const target = next === undefined || !URL.canParse(next, url.href) ? undefined : new URL(next, url);
  return { value, next: target?.origin === url.origin ? target : undefined };
}

/** `Link: <https://...>; rel="next"` (RFC 8288). */
function nextOf(link: string | string[] | undefined): string | undefined {
  const text = Array.isArray(link) ? link.join(', ') : (link ?? '');
  return /<([^<>\s]{1,2000})>\s*;[^,<]*\brel="?next"?/.exec(text)?.[1];
}

async function tagsKept(url: URL, { kept, offline, remoteTags }: NetworkOptions): Promise<string[]> {
  const key = `git ls-remote ${url.href}`;
  const old = await kept.read<string[]>(key);
  if (offline && old === undefined) throw new SourceError(`nothing is kept of ${url.host} for --offline`);
  if (offline && old !== undefined) return old.value;
  const value = await remoteTags(url);
  await kept.write(key, { etag: undefined, lastModified: undefined, next: undefined, value });
  return value;
}

/** Reads an answer as JSON. */
export function json<Result>(read: (answer: unknown) => Result): Get<Result>['read'] {
  return async body => read(parseJson(await readText(body)));
}
