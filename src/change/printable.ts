import { type Node, type Scalar, scalar } from '../yaml/node.ts';

/** Longest value that a fact shows; what is longer is named and not quoted. */
const LONGEST = 80;

const SECRET_NAME =
  /passw|passphrase|secret|token|credential|api[-_.]?key|private[-_.]?key|access[-_.]?key|auth[-_.]?key|salt|signature|dsn|last-applied/i;

/** A URL with user and password, a PEM block, a JSON web token, a bearer header, a password as an argument. */
const SECRET_VALUE =
  /:\/\/[^/\s:@]*:[^/\s@]+@|-----BEGIN |^eyJ[\w-]+\.|\bbearer\s+\S|(?:passw\w*|secret|token|api[-_]?key)["']?\s*[=:]\s*\S/i;

/**
 * A value as a fact may show it, or undefined for what must not or need not be shown: credentials, by the name of the
 * setting or the form of the value, and what is too long or has several lines.
 *
 * @param name What the value is called, such as the environment variable's name.
 */
export function printable(name: string, value: Scalar | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = value === null ? 'null' : String(value);
  if (text.length > LONGEST || /[\r\n]/.test(text)) return undefined;
  return isCredential(name, text) ? undefined : text;
}

/** Whether the name or the form of a value says that it is a credential, which no report shows. */
export function isCredential(name: string, text: string): boolean {
  return SECRET_NAME.test(name) || SECRET_VALUE.test(text);
}

/** A node's value as a fact may show it; undefined for a collection. */
export function printableNode(name: string, node: Node | undefined): string | undefined {
  return printable(name, scalar(node));
}
