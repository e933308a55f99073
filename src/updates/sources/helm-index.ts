import { dateOf, homeOf, isVersion, type Release, releaseOf, SourceError } from '../release.ts';
import { listAt, parseJson, textAt, valueAt } from './json.ts';

/** The versions of every chart of an index, each with the chart's name. */
export type HelmIndex = readonly (readonly [chart: string, releases: readonly Release[]])[];

/** Versions of one index that are kept; the largest public ones have some 30,000. */
const MAX_VERSIONS = 500_000;
const MAX_LINE = 1024 * 1024;

/**
 * Reads `index.yaml` as it comes in: large ones have tens of megabytes, of which five fields of each version count. They
 * are read by their indentation, as `helm repo index` and every server of charts write them; an index in JSON is read as
 * a whole. https://helm.sh/docs/topics/chart_repository/#the-index-file
 */
export async function readHelmIndex(body: AsyncIterable<Buffer>): Promise<HelmIndex> {
  const index = new IndexReader();
  const decoder = new TextDecoder();
  let rest = '';
  let json = '';
  let isJson: boolean | undefined;
  for await (const chunk of body) {
    const text = decoder.decode(chunk, { stream: true });
    isJson ??= text.trimStart().startsWith('{');
    if (isJson) {
      json += text;
      continue;
    }
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE) throw new SourceError('the index has a line of more than 1 MB');
    for (const line of lines) index.line(line);
  }
  if (isJson) return fromJson(json);
  index.line(rest);
  return index.end();
}

/** Follows the shape `entries:`, below it `chart:`, below it a list of mappings; deeper lines are passed over. */
class IndexReader {
  readonly #charts = new Map<string, Release[]>();
  #inEntries = false;
  #seenEntries = false;
  /** Indentation of the names of charts; undefined until the first. */
  #chartIndent: number | undefined;
  #itemIndent: number | undefined;
  #fieldIndent = 0;
  #releases: Release[] | undefined;
  #fields = new Map<string, string>();
  #count = 0;

  line(raw: string): void {
    const line = raw.trimEnd();
    const indent = line.length - line.trimStart().length;
    if (line === '' || line[indent] === '#') return;
    const isItem = line[indent] === '-' && (line[indent + 1] === ' ' || line.length === indent + 1);
    if (indent === 0 && !isItem) {
      this.#finish();
      this.#inEntries = /^["']?entries["']?\s*:/.test(line);
      this.#seenEntries ||= this.#inEntries;
      return;
    }
    if (!this.#inEntries) return;
    if (isItem ? indent === (this.#itemIndent ?? indent) : indent <= (this.#chartIndent ?? indent)) {
      if (isItem) this.#startItem(line, indent);
      else this.#startChart(line, indent);
    } else if (indent === this.#fieldIndent) {
      this.#field(line.slice(indent));
    }
  }

  end(): HelmIndex {
    this.#finish();
    if (!this.#seenEntries) throw new SourceError('the answer is no index of charts');
    return [...this.#charts];
  }

  #startChart(line: string, indent: number): void {
    this.#finish();
    this.#chartIndent = indent;
    this.#itemIndent = undefined;
    const [name] = pairOf(line.trim()) ?? [];
    this.#releases = [];
    if (name !== undefined && !this.#charts.has(name)) this.#charts.set(name, this.#releases);
  }

  #startItem(line: string, indent: number): void {
    this.#finish();
    this.#itemIndent = indent;
    const rest = line.slice(indent + 1);
    this.#fieldIndent = indent + 1 + (rest.length - rest.trimStart().length);
    this.#field(rest.trimStart());
  }

  #field(text: string): void {
    const [name, value] = pairOf(text) ?? [];
    if (name !== undefined && value !== undefined && FIELDS.has(name)) this.#fields.set(name, value);
  }

  #finish(): void {
    if (this.#fields.size === 0) return;
    const release = chartRelease(name => this.#fields.get(name));
    this.#fields = new Map();
    if (release === undefined || this.#releases === undefined) return;
    this.#count++;
    if (this.#count > MAX_VERSIONS) throw new SourceError(`the index has more than ${MAX_VERSIONS} versions`);
    this.#releases.push(release);
  }
}

const FIELDS = new Set(['version', 'created', 'appVersion', 'deprecated', 'home']);

function chartRelease(field: (name: string) => string | undefined): Release | undefined {
  const version = field('version') ?? '';
  const appVersion = field('appVersion');
  return releaseOf(version, {
    date: dateOf(field('created')),
    withdrawn: field('deprecated') === 'true',
    appVersion: appVersion !== undefined && isVersion(appVersion) ? appVersion : undefined,
    home: homeOf(field('home')),
  });
}

/** `key: value` with the quotes taken off, as these files have them; undefined for any other line. */
function pairOf(text: string): [string, string] | undefined {
  const [, key, value] = /^("[^"]*"|'[^']*'|[^\s"'#:][^:]*?)\s*:(?:\s+(.*))?$/.exec(text) ?? [];
  if (key === undefined) return undefined;
  return [unquoted(key), unquoted((value ?? '').trim())];
}

function unquoted(text: string): string {
  const [, double, single] = /^(?:"([^"]*)"|'([^']*)')(?:\s+#.*)?$/.exec(text) ?? [];
  return double ?? single ?? text.replace(/\s+#.*$/, '');
}

function fromJson(text: string): HelmIndex {
  const entries = valueAt(parseJson(text), 'entries');
  if (typeof entries !== 'object' || entries === null) throw new SourceError('the answer is no index of charts');
  return Object.entries(entries).map(([name, versions]) => [
    name,
    listAt(versions).flatMap(version => {
      const field = (key: string) => (key === 'deprecated' ? String(valueAt(version, key)) : textAt(version, key));
      return chartRelease(field) ?? [];
    }),
  ]);
}
