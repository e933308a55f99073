import { at, type Node, type Path, text } from '../yaml/node.ts';

/** Keys that say nothing of the value below them. */
const NAMELESS = new Set(['value', 'plain', 'plaintext', 'text', 'content', 'literal', 'raw']);

/** Keys whose values are credentials, whatever each of them is called. */
const HOLDS_CREDENTIALS = /(?:secret|credential|password|token)s$/i;

/**
 * What a value is called, which may say that it is a credential: its key, or the name beside a `value`, or the option
 * before an argument, or what the value or the list stands in.
 */
export function calledAt(root: Node, path: Path): string {
  const [above, last] = path.slice(-2);
  if (typeof path.at(-1) === 'string' && !isNameless(path.at(-1))) {
    return typeof above === 'string' && HOLDS_CREDENTIALS.test(above) ? `${above}.${last}` : String(path.at(-1));
  }
  const named = path.findLast(step => typeof step === 'string' && !isNameless(step));
  return nameBesideValue(root, path) ?? optionBefore(root, path) ?? String(named ?? '');
}

function isNameless(step: Path[number] | undefined): boolean {
  return typeof step === 'string' && NAMELESS.has(step.toLowerCase());
}

/** The `name`, or else the `key`, beside a field that is called `value`. */
export function nameBesideValue(root: Node, path: Path): string | undefined {
  if (path.at(-1) !== 'value') return undefined;
  const beside = at(root, ...path.slice(0, -1));
  return text(beside, 'name') ?? text(beside, 'key');
}

/** `--password`, where its argument is the next item of the list. */
function optionBefore(root: Node, path: Path): string | undefined {
  const last = path.at(-1);
  if (typeof last !== 'number' || last === 0) return undefined;
  const before = text(at(root, ...path.slice(0, -1)), last - 1);
  return before?.startsWith('-') && !before.includes('=') ? before : undefined;
}
