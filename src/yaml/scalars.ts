import type { Scalar } from './node.ts';
import { timestampAsJson } from './timestamp.ts';

/**
 * Who reads the text. `kubectl` is sigs.k8s.io/yaml over go-yaml v2 (kubectl, Argo CD's plain directories, and
 * kustomization.yaml itself); `kustomize` is go-yaml v3 with the trip through JSON that kustomize gives every resource.
 */
export type Dialect = 'kubectl' | 'kustomize';

/** The value of an untagged, unquoted scalar, or why the reader refuses it. */
export type Resolved = { readonly value: Scalar } | { readonly refused: string };

type WordTable = ReadonlyMap<string, boolean | null>;

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v3/resolve.go
const WORDS: readonly (readonly [boolean | null, readonly string[]])[] = [
  [true, ['true', 'True', 'TRUE']],
  [false, ['false', 'False', 'FALSE']],
  [null, ['', '~', 'null', 'Null', 'NULL']],
];

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
const YAML_1_1_WORDS: typeof WORDS = [
  [true, ['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON']],
  [false, ['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF']],
];

const BOOLEANS_AND_NULL: Readonly<Record<Dialect, WordTable>> = {
  kubectl: tableOf([...WORDS, ...YAML_1_1_WORDS]),
  kustomize: tableOf(WORDS),
};

const NOT_IN_JSON = /^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const COMMON_INTEGER = /^(?:0|[1-9][0-9]{0,14})$/;
const INTEGER = /^([-+]?)(0[xX]|0[oO]|0[bB]|0(?=[0-9])|)([0-9a-fA-F]+)$/;

const INT64 = 2n ** 63n;

function tableOf(words: typeof WORDS): WordTable {
  return new Map(words.flatMap(([value, spellings]) => spellings.map(word => [word, value] as const)));
}

/** First characters of everything that is not simply a string: the letters of the words, signs, digits, `.` and `~`. */
const MAY_BE_MORE = new Uint8Array(128);
for (const first of 'yYnNtTfFoO~+-.0123456789') MAY_BE_MORE[first.charCodeAt(0)] = 1;

/** What an untagged plain scalar means to the reader of the dialect. */
export function resolvePlain(text: string, dialect: Dialect): Resolved {
  if (text !== '' && MAY_BE_MORE[text.charCodeAt(0)] !== 1) return { value: text };
  if (COMMON_INTEGER.test(text)) return { value: Number(text) };
  const word = BOOLEANS_AND_NULL[dialect].get(text);
  if (word !== undefined) return { value: word };
  if (NOT_IN_JSON.test(text)) return { refused: `${text} has no form in JSON` };
  const first = text.charAt(0);
  if (first === '.') return { value: FLOAT.test(text) ? Number(text) : text };
  if (!/[-+0-9]/.test(first)) return { value: text };
  const timestamp = timestampAsJson(text);
  if (timestamp !== undefined) return { value: dialect === 'kustomize' ? timestamp : text };
  return { value: numberOf(text.replaceAll('_', '')) ?? text };
}

/** Go's ParseInt with base 0, then ParseUint, then ParseFloat, as go-yaml tries them. */
function numberOf(text: string): number | bigint | undefined {
  const integer = integerOf(text);
  if (integer !== undefined) {
    const number = Number(integer);
    return Number.isSafeInteger(number) ? number : integer;
  }
  if (!FLOAT.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

function integerOf(text: string): bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign, prefix = '', digits = ''] = match;
  const magnitude = unsigned(prefix.toLowerCase(), digits);
  if (magnitude === undefined) return undefined;
  const value = sign === '-' ? -magnitude : magnitude;
  return value >= -INT64 && value < INT64 ? value : undefined;
}

function unsigned(prefix: string, digits: string): bigint | undefined {
  if (prefix === '0x') return BigInt(`0x${digits}`);
  if (prefix === '0b') return /^[01]+$/.test(digits) ? BigInt(`0b${digits}`) : undefined;
  if (prefix === '0' || prefix === '0o') return /^[0-7]+$/.test(digits) ? BigInt(`0o${digits}`) : undefined;
  return /^[0-9]+$/.test(digits) ? BigInt(digits) : undefined;
}

/** What a scalar with a tag of its own means; tags that the readers do not know are ignored and leave the text. */
export function resolveTagged(text: string, tag: string, dialect: Dialect): Resolved {
  switch (tag) {
    case '!!binary':
      return { value: Buffer.from(text, 'base64').toString('utf8') };
    case '!!int':
    case '!!float':
    case '!!bool':
    case '!!null': {
      const resolved = resolvePlain(text, dialect);
      if ('refused' in resolved || isOfTag(resolved.value, tag)) return resolved;
      return { refused: `"${text}" cannot be read as ${tag}` };
    }
    case '!!timestamp': {
      const timestamp = timestampAsJson(text);
      if (timestamp === undefined) return { refused: `"${text}" cannot be read as ${tag}` };
      return { value: dialect === 'kustomize' ? timestamp : text };
    }
    default:
      return { value: text };
  }
}

function isOfTag(value: Scalar, tag: string): boolean {
  if (tag === '!!null') return value === null;
  if (tag === '!!bool') return typeof value === 'boolean';
  const integer = typeof value === 'bigint' || Number.isInteger(value);
  return integer || (tag === '!!float' && typeof value === 'number');
}

/** A key as kubectl writes it into JSON: booleans and numbers in their canonical form, floats of 32 bits. */
export function keyText(value: Scalar): string | undefined {
  if (value === null) return undefined;
  return String(value);
}
