import {
  credentialIn,
  isPlaceholder,
  looksRandom,
  namesCredential,
  urlPasswords,
} from '../src/kubernetes/credentials.ts';
import { idLabel, type KubeObject, nearest } from '../src/kubernetes/object.ts';
import { containers } from '../src/kubernetes/workload.ts';
import { defineRule, type Severity, type Sighting } from '../src/rule/rule.ts';
import { at, entries, items, type Node, type Path, type Span, text } from '../src/yaml/node.ts';

interface Leak {
  readonly path: Path;
  readonly where: string;
  readonly what: string;
  readonly severity: Severity;
}

export default defineRule({
  id: 'secret-in-clear-text',
  title: 'A credential in clear text',
  severity: 'error',
  why: 'Everyone who can read the repository or a clone of it has the credential, and its history keeps it after it is deleted.',
  fix: 'Replace the credential where it is issued, and commit it encrypted (SOPS, SealedSecret) or as a reference (ExternalSecret).',

  on: 'state',
  alone: true,
  *check({ objects }, { environment }) {
    for (const object of objects) {
      if (isSealed(object)) continue;
      for (const { path, where, what, severity } of leaksOf(object)) {
        // What a person makes up for a database on a laptop is meant to be known.
        if (severity === 'warning' && environment === 'development') continue;
        if (isAllowed(nearest(object, path).span)) continue;
        const message = `${idLabel(object.id)}: ${where} holds ${what} in clear text`;
        yield { message, at: { object, path }, severity, isConfidential: true } satisfies Sighting;
      }
    }
  },
});

/** What other scanners take for the word of the team that the line holds nothing secret. */
const ALLOWED = /gitleaks:allow|pragma: allowlist secret|trufflehog:ignore|notsecret/i;

function isAllowed({ source, start }: Span): boolean {
  const end = source.text.indexOf('\n', start);
  return ALLOWED.test(source.text.slice(start, end < 0 ? undefined : end));
}

/** SOPS adds its own field to what it encrypts; the others hold ciphertext or only the name of a secret. */
function isSealed({ id, root }: KubeObject): boolean {
  if (at(root, 'sops') !== undefined || id.kind === 'CustomResourceDefinition') return true;
  return id.kind === 'SealedSecret' || id.group.endsWith('external-secrets.io') || id.group === 'secrets.hashicorp.com';
}

function* leaksOf(object: KubeObject): Generator<Leak> {
  const isSecret = object.id.kind === 'Secret' && object.id.group === '';
  if (isSecret) yield* secretLeaks(object);
  else yield* leaksBelow(object.root, []);
  if (object.id.kind === 'ConfigMap' && object.id.group === '') yield* configLeaks(object);
  for (const { name, node, path } of containers(object)) {
    for (const [index, item] of items(at(node, 'env')).entries()) {
      const variable = text(item, 'name') ?? '';
      const value = text(item, 'value') ?? '';
      const leak = credentialIn(value) === undefined ? leakIn(variable, value) : undefined;
      if (leak !== undefined) {
        yield { ...leak, path: [...path, 'env', index, 'value'], where: `${variable} of ${name}` };
      }
    }
  }
}

/** A ConfigMap is mostly environment: a setting that is called a credential counts where no form told it already. */
function* configLeaks({ root }: KubeObject): Generator<Leak> {
  for (const [key, { value }] of entries(at(root, 'data'))) {
    const written = text(value) ?? '';
    const leak = credentialIn(written) === undefined && !written.includes('\n') ? leakIn(key, written) : undefined;
    if (leak !== undefined) yield { ...leak, path: ['data', key], where: `data.${key}` };
  }
}

function* secretLeaks({ root }: KubeObject): Generator<Leak> {
  for (const field of ['data', 'stringData']) {
    for (const [key, { value }] of entries(at(root, field))) {
      const written = text(value) ?? '';
      const plain =
        field === 'data' && !isPlaceholder(written) ? Buffer.from(written, 'base64').toString('utf8') : written;
      const leak = leakIn(key, plain);
      if (leak !== undefined) yield { ...leak, path: [field, key], where: `${field}.${key}` };
    }
  }
}

/** By the form of the value, or, for a setting that is called a credential, by what does not look like a stand-in. */
function leakIn(name: string, value: string): Pick<Leak, 'what' | 'severity'> | undefined {
  const known = credentialIn(value);
  if (known !== undefined) return { what: known, severity: 'error' };
  const passwords = urlPasswords(value).filter(password => !isPlaceholder(password));
  if (passwords.length > 0) {
    return { what: 'a URL with a password', severity: passwords.some(looksRandom) ? 'error' : 'warning' };
  }
  if (!namesCredential(name) || isPlaceholder(value) || /^(?:true|false|yes|no|\d{1,6}|\/.*)$/i.test(value))
    return undefined;
  return { what: 'a credential', severity: looksRandom(value) ? 'error' : 'warning' };
}

/** In a text of any other object only the form of the value counts. */
function* leaksBelow(node: Node, path: Path): Generator<Leak> {
  if (node.kind === 'scalar') {
    const what = typeof node.value === 'string' ? credentialIn(node.value) : undefined;
    if (what !== undefined) yield { path, where: path.join('.'), what, severity: 'error' };
  }
  for (const [key, { value }] of entries(node)) yield* leaksBelow(value, [...path, key]);
  for (const [index, item] of items(node).entries()) yield* leaksBelow(item, [...path, index]);
}
