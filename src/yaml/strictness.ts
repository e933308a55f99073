import { SCALAR_STYLE, type ScalarEvent } from 'js-yaml';

/**
 * What kubectl and kustomize refuse and js-yaml takes: they read YAML with a port of libyaml, which is stricter here.
 * Each function gives the first place and the reason, or undefined.
 */
export interface Objection {
  readonly at: number;
  readonly reason: string;
}

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/readerc.go
const CONTROL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it looks for
  /[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x84\x86-\x9F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/;

export function controlCharacter(text: string): Objection | undefined {
  const at = text.search(CONTROL);
  if (at < 0) return undefined;
  const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
  return { at, reason: `the control character U+${code} is not allowed in YAML` };
}

/** Whether any line starts with white space that has a tab in it. */
export function hasTabbedLine(text: string): boolean {
  return /(?:^|[\r\n]) *\t/.test(text);
}

/**
 * A tab in the white space that starts a line, between the end of one value and the start of the next. Until a comment
 * comes, white space behind a plain scalar is taken for its continuation where it is indented far enough for one.
 */
export function tabInIndentation(text: string, from: number, to: number, continuation: number): Objection | undefined {
  const start = Math.max(from - 1, 0);
  const gap = text.slice(start, to);
  const comment = gap.indexOf('#');
  for (const match of gap.matchAll(from === 0 ? /(?:^|(?<=[\r\n])) *\t/g : /(?<=[\r\n]) *\t/g)) {
    const continues = match[0].length > continuation && (comment < 0 || match.index < comment);
    if (!continues) return { at: start + match.index + match[0].length - 1, reason: 'a tab stands in the indentation' };
  }
  return undefined;
}

export function scalarObjection(text: string, event: ScalarEvent): Objection | undefined {
  if (event.fast || event.valueStart < 0) return undefined;
  if (event.style === SCALAR_STYLE.DOUBLE_QUOTED) return unknownEscape(text, event);
  const block = event.style === SCALAR_STYLE.LITERAL_BLOCK || event.style === SCALAR_STYLE.FOLDED_BLOCK;
  return block ? tabBeforeBlock(text, event) : undefined;
}

// https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/scannerc.go
const NO_CHARACTER = /^\\(?:u[dD][89a-fA-F]|U(?!000|0010)|U0000[dD][89a-fA-F])/;

function unknownEscape(text: string, { valueStart, valueEnd }: ScalarEvent): Objection | undefined {
  const quoted = text.slice(valueStart, valueEnd);
  for (let at = quoted.indexOf('\\'); at >= 0; at = quoted.indexOf('\\', at + 2)) {
    if (quoted.charAt(at + 1) === '/')
      return { at: valueStart + at, reason: '"\\/" is an escape of JSON and not of YAML' };
    if (NO_CHARACTER.test(quoted.slice(at, at + 7)))
      return { at: valueStart + at, reason: 'the escape names no character' };
  }
  return undefined;
}

/** Where a block scalar's indentation is taken from its first line with content, no tab may stand before that. */
function tabBeforeBlock(text: string, { valueStart, valueEnd }: ScalarEvent): Objection | undefined {
  const block = text.slice(valueStart, valueEnd);
  if (!block.includes('\t')) return undefined;
  const header = text.slice(Math.max(text.lastIndexOf('\n', valueStart - 2), 0), valueStart);
  const [lead] = /^(?: *(?:\r\n|\n|\r))* *\t/.exec(block) ?? [];
  if (lead === undefined || /[|>][-+]?[1-9][-+]?\s*(?:\s#.*)?$/.test(header)) return undefined;
  return { at: valueStart + lead.length - 1, reason: 'a tab stands in the indentation of a block scalar' };
}

export function anchorObjection(text: string, from: number, to: number): Objection | undefined {
  const name = text.slice(from, to);
  if (/^[-\w]+$/.test(name)) return undefined;
  return { at: from, reason: `an anchor is named "${name}"; only letters, digits, "-" and "_" can be in its name` };
}
