import type { Scalar } from './node.ts';
import { timestampAsJson } from './timestamp.ts';

/**
 * Who reads the text. `kubectl` is sigs.k8s.io/yaml over go-yaml v2: kubectl, Argo CD's plain directories, and
 * kustomization.yaml itself. `kustomize` is go-yaml v3 with the trip through JSON that kustomize gives every resource.
 */
export type Dialect = 'kubectl' | 'kustomize';

type Words = ReadonlyMap<string, boolean | null>;

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v3/resolve.go
const COMMON_WORDS: readonly (readonly [boolean | null, readonly string[]])[] = [
  [true, ['true', 'True', 'TRUE']],
  [false, ['false', 'False', 'FALSE']],
  [null, ['', '~', 'null', 'Null', 'NULL']],
];

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
const YAML_1_1_WORDS: typeof COMMON_WORDS = [
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']],
];

const WORDS: Readonly<Record<Dialect, Words>> = {
  kubectl: wordsOf([...COMMON_WORDS, ...YAML_1_1_WORDS]),
  kustomize: wordsOf(COMMON_WORDS),
};

function wordsOf(words: typeof COMMON_WORDS): Words {
  return new Map(words.flatMap(([value, spellings]) => spellings.map(word => [word, value] as const)));
}

/** Characters of `false`. */
const LONGEST_WORD = 5;

/** First characters of everything that is not simply a string. */
const MAY_BE_MORE = new Uint8Array(128);
for (const first of 'yYnNtTfFoO~+-.0123456789') MAY_BE_MORE[first.charCodeAt(0)] = 1;

/** What is no word and starts with neither sign, dot nor digit starts with a letter or a tilde. */
const CODE_OF_9 = 0x39;

const NOT_IN_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** What starts with a dot goes to Go's ParseFloat as it is, which takes single underscores between digits. */
const DOT_FLOAT = /^\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?$/;
const COMMON_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(0[xX]|0[oO]|0[bB]|0(?=[0-9])|)([0-9a-fA-F]+)$/;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const TWO_TO_63 = 2n ** 63n;
const TWO_TO_64 = 2n ** 64n;

/** What an untagged plain scalar means to the reader; undefined for infinities and NaN, which JSON does not have. */
export function resolvePlain(text: string, dialect: Dialect): Scalar | undefined {
  if (text !== '' && MAY_BE_MORE[text.charCodeAt(0)] !== 1) return text;
  const word = text.length <= LONGEST_WORD ? WORDS[dialect].get(text) : undefined;
  if (word !== undefined) return word;
  if (text.charCodeAt(0) > CODE_OF_9) return text;
  if (COMMON_INTEGER.test(text)) return Number(text);
  if (NOT_IN_JSON.test(text)) return undefined;
  const timestamp = timestampAsJson(text);
  if (timestamp !== undefined) return dialect === 'kustomize' ? timestamp : text;
  return numberOf(text) ?? text;
}

/**
 * What a scalar with a tag of its own means, quoted or not; undefined where the reader refuses the text for the tag.
 * Tags that the readers do not know leave the text as it is.
 */
export function resolveTagged(text: string, tag: string, dialect: Dialect): Scalar | undefined {
  switch (tag) {
    case '!!binary':
      return binaryOf(text);
    case '!!int':
      return integerOf(text);
    case '!!float':
      return floatOf(text);
    case '!!bool':
    case '!!null': {
      const word = WORDS[dialect].get(text);
      return (word === null) === (tag === '!!null') ? word : undefined;
    }
    case '!!timestamp': {
      const timestamp = timestampAsJson(text);
      return dialect === 'kustomize' || timestamp === undefined ? timestamp : text;
    }
    default:
      return text;
  }
}

/** Go's ParseInt and ParseUint with base 0, then ParseFloat, as go-yaml tries them. */
function numberOf(text: string): number | bigint | undefined {
  const integer = integerOf(text);
  if (integer !== undefined) return integer;
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '');
  if (!(text.startsWith('.') ? DOT_FLOAT : FLOAT).test(digits)) return undefined;
  const number = Number(digits.replaceAll('_', ''));
  return Number.isFinite(number) ? number : undefined;
}

/** Beyond 64 signed bits the JSON that kubectl sends is read back as a double. */
function integerOf(text: string): number | bigint | undefined {
  const integer = parseInteger(text);
  if (integer === undefined) return undefined;
  const number = Number(integer);
  return Number.isSafeInteger(number) || integer >= TWO_TO_63 ? number : integer;
}

function floatOf(text: string): number | undefined {
  const integer = parseInteger(text);
  if (integer !== undefined) return integer < TWO_TO_63 ? Number(integer) : undefined;
  const number = numberOf(text);
  return number === undefined ? undefined : Number(number);
}

function parseInteger(text: string): bigint | undefined {
  if (text.startsWith('.') || text.startsWith('_')) return undefined;
  const match = INTEGER.exec(text.replaceAll('_', ''));
  if (match === null) return undefined;
  const [, sign, prefix = '', digits = ''] = match;
  const magnitude = unsigned(prefix.toLowerCase(), digits);
  if (magnitude === undefined) return undefined;
  const value = sign === '-' ? -magnitude : magnitude;
  const limit = sign === '' ? TWO_TO_64 : TWO_TO_63;
  return value >= -TWO_TO_63 && value < limit ? value : undefined;
}

function unsigned(prefix: string, digits: string): bigint | undefined {
  if (prefix === '0x') return BigInt(`0x${digits}`);
  if (prefix === '0b') return /^[01]+$/.test(digits) ? BigInt(`0b${digits}`) : undefined;
  if (prefix === '0' || prefix === '0o') return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
  return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
}

function binaryOf(text: string): string | undefined {
  const base64 = text.replace(/[\r\n]/g, '');
  return BASE64.test(base64) ? Buffer.from(base64, 'base64').toString('utf8') : undefined;
}

/**
 * A plain key as sigs.k8s.io/yaml writes it into JSON; undefined where it refuses the key. Floats have 32 bits there and
 * the form of Go's `%g`.
 */
export function plainKey(text: string): string | undefined {
  const value = resolvePlain(text, 'kubectl');
  if (typeof value === 'string') return value;
  if (value === undefined) return text.toLowerCase().replace('+', '');
  if (value === null) return undefined;
  const integer = parseInteger(text);
  if (integer !== undefined) return integer < TWO_TO_63 ? String(integer) : undefined;
  return typeof value === 'number' ? floatKey(Math.fround(value)) : String(value);
}

/** Whether kustomize reads a plain scalar as a string; a timestamp is none. */
export function isPlainString(text: string): boolean {
  return resolvePlain(text, 'kustomize') === text && timestampAsJson(text) === undefined;
}

function floatKey(value: number): string {
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (Object.is(value, -0)) return '-0';
  let digits = 1;
  while (digits < 9 && Math.fround(Number(value.toPrecision(digits))) !== value) digits++;
  const [mantissa, sign, exponent = '0'] = value.toExponential(digits - 1).split(/e([-+])/);
  if (Number(exponent) < (sign === '-' ? 5 : 6)) return String(Number(value.toPrecision(digits)));
  return `${mantissa}e${sign}${exponent.padStart(2, '0')}`;
}
