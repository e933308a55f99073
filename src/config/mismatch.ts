import { at, type Node, type Path, type Span } from '../yaml/node.ts';
import { type ConfigError, configErrorAt } from './error.ts';
import { nearestOf } from './nearest.ts';
import type { Mismatch } from './validate.generated.js';

/** What does not fit the schema in the words of the file: the first thing from top to bottom. */
export function mismatchError(root: Node, mismatches: readonly Mismatch[], what = 'the configuration'): ConfigError {
  const [first] = mismatches
    // Which branch was taken says nothing beside what is wrong in it.
    .filter(({ keyword }) => keyword !== 'if')
    .map(mismatch => toldOf(root, mismatch, what))
    .sort((a, b) => a.span.start - b.span.start);
  if (first === undefined) return configErrorAt(root.span, `this is not ${what}`);
  return configErrorAt(first.span, first.message, first.hint);
}

/** Names that are told where none is near; nobody reads more. */
const MOST_NAMES = 20;

/** A name that nothing has, with the one that was probably meant. */
export function unknownName(what: string, name: string, known: readonly string[]): { message: string; hint: string } {
  const near = nearestOf(name, known);
  const rest = known.length - MOST_NAMES;
  const all = `There is ${known.slice(0, MOST_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}.`;
  return { message: `there is no ${what} ${name}`, hint: near === undefined ? all : `Did you mean ${near}?` };
}

interface Told {
  readonly span: Span;
  readonly message: string;
  readonly hint?: string;
}

function toldOf(root: Node, { instancePath, keyword, params, parentSchema }: Mismatch, whole: string): Told {
  const path = pathOf(root, instancePath);
  const node = at(root, ...path) ?? root;
  const name = path.length === 0 ? whole : nameOf(path);
  if (keyword === 'additionalProperties' && node.kind === 'map') {
    const key = String(params.additionalProperty);
    const what = path.length === 0 ? 'setting' : `setting in ${name}:`;
    const span = node.entries.get(key)?.key ?? node.span;
    return { span, ...unknownName(what, key, Object.keys(parentSchema.properties ?? {})) };
  }
  if (keyword === 'required') {
    return { span: node.span, message: `${name} lacks ${String(params.missingProperty)}` };
  }
  if (keyword === 'pattern') {
    const { title } = parentSchema;
    const what = title === undefined ? 'empty' : `${shown(node)} and must be ${title}`;
    return { span: node.span, message: `${name} is ${what}` };
  }
  if (keyword === 'minimum') {
    return { span: node.span, message: `${name} is ${shown(node)} and must be ${String(params.limit)} or more` };
  }
  const allowed = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : [];
  const wanted = keyword === 'enum' ? `one of ${allowed.join(', ')}` : (WANTED.get(String(params.type)) ?? params.type);
  const near = node.kind === 'scalar' ? nearestOf(String(node.value), allowed) : undefined;
  const message = `${name} is ${shown(node)} and must be ${wanted}`;
  return near === undefined
    ? { span: node.span, message }
    : { span: node.span, message, hint: `Did you mean ${near}?` };
}

const WANTED = new Map([
  ['string', 'text'],
  ['array', 'a list'],
  ['object', 'a mapping'],
  ['boolean', 'true or false'],
  ['integer', 'a number without a fraction'],
]);

function shown(node: Node): string {
  if (node.kind === 'map') return 'a mapping';
  if (node.kind === 'seq') return 'a list';
  return typeof node.value === 'string' ? `the text ${JSON.stringify(node.value)}` : String(node.value);
}

/** The steps of a JSON Pointer (RFC 6901). Which of them are indexes the nodes tell. */
function pathOf(root: Node, pointer: string): Path {
  const path: (string | number)[] = [];
  for (const step of pointer.split('/').slice(1)) {
    const key = step.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(at(root, ...path)?.kind === 'seq' ? Number(key) : key);
  }
  return path;
}

/** `images.families[0]`. */
function nameOf(path: Path): string {
  return path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${step}`)).join('');
}
