import { type Node, type Scalar, scalar } from '../yaml/node.ts';

/** Longest value that a fact shows; what is longer is named and not quoted. */
const LONGEST = 80;

const SECRET_NAME =
  /passw|passphrase|pass(?![a-z])|pwd|secret|token|credential|authorization|cookie|(?:api|private|access|auth|encryption|signing|master|account|shared|hmac)[-_.]?key|auth$|(?<![a-z])pat$|salt|signature|dsn|last-applied/i;

/** Forms of a value that is one or holds one, whatever it is called. */
const SECRET_VALUES: readonly RegExp[] = [
  /-----BEGIN |^eyJ[\w-]+\./,
  // A URL with a password, or with a token in the place of a user.
  /:\/\/[^/\s:@]*:[^/\s@]+@|https?:\/\/[^/\s@]+@/i,
  /\b(?:bearer|basic)\s+\S/i,
  /(?:passw\w*|pass|pwd|secret|token|api[-_]?key)["']?\s*[=:]\s*\S/i,
  // Arguments in the lines of a shell: `--password hunter2`, `curl -u shop:hunter2`, `mysql -phunter2`.
  /-(?:passw\w*|pass|pwd|secret|token|api-?key)\s+\S|\s-u\s+[^\s:]+:\S|(?:^|\s)-p(?![\d.:]*(?:\s|$))[^\s=-][^\s=]*=*(?:\s|$)/i,
];

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
  return SECRET_NAME.test(name) || SECRET_VALUES.some(form => form.test(text));
}

/** A node's value as a fact may show it; undefined for a collection. */
export function printableNode(name: string, node: Node | undefined): string | undefined {
  return printable(name, scalar(node));
}
