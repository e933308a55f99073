import type { Source, Span } from '../yaml/node.ts';

/**
 * The part of Terraform's language that states facts: blocks, attributes and literal values, each with its place. An
 * expression that is not a literal is kept as its text and not evaluated.
 * Syntax: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
 */
export type HclValue =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null; readonly span: Span }
  | { readonly kind: 'list'; readonly items: readonly HclValue[]; readonly span: Span }
  | { readonly kind: 'object'; readonly entries: ReadonlyMap<string, HclValue>; readonly span: Span }
  | { readonly kind: 'expression'; readonly text: string; readonly span: Span };

export interface HclBlock {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: ReadonlyMap<string, HclValue>;
  readonly blocks: readonly HclBlock[];
  readonly span: Span;
}

/** A text that is not HCL, with the place where reading ended. */
export class HclError extends Error {
  readonly span: Span;

  constructor(message: string, span: Span) {
    super(message);
    this.span = span;
  }
}

/** Blocks deeper than this are refused; Terraform's own schemas stay far below it. */
const MAX_DEPTH = 64;

/** The body of a `.tf` or `.tfvars` file as one block without a type. Throws `HclError`. */
export function parseHcl(source: Source): HclBlock {
  return new Reader(source).body('', [], 0, 0);
}

class Reader {
  readonly #source: Source;
  readonly #text: string;
  #offset = 0;

  constructor(source: Source) {
    this.#source = source;
    this.#text = source.text;
  }

  /** Reads attributes and blocks up to the closing brace, or the end of the text at depth 0. */
  body(type: string, labels: readonly string[], start: number, depth: number): HclBlock {
    if (depth > MAX_DEPTH) throw this.#error(`blocks are nested more than ${MAX_DEPTH} deep`);
    const attributes = new Map<string, HclValue>();
    const blocks: HclBlock[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#offset >= this.#text.length) {
        if (depth > 0) throw this.#error(`the block "${type}" is not closed`);
        break;
      }
      if (depth > 0 && this.#take('}')) break;
      const nameStart = this.#offset;
      const name = this.#name();
      this.#skip(false);
      if (this.#peek('=') && this.#text[this.#offset + 1] !== '=') {
        this.#offset++;
        this.#skip(true);
        attributes.set(name, this.#value(depth));
        continue;
      }
      const blockLabels: string[] = [];
      while (!this.#peek('{')) {
        blockLabels.push(this.#peek('"') ? this.#quoted().text : this.#name());
        this.#skip(false);
      }
      this.#offset++;
      blocks.push(this.body(name, blockLabels, nameStart, depth + 1));
    }
    return { type, labels, attributes, blocks, span: this.#span(start) };
  }

  #value(depth: number): HclValue {
    if (depth > MAX_DEPTH) throw this.#error(`values are nested more than ${MAX_DEPTH} deep`);
    const start = this.#offset;
    const literal = this.#structured(start, depth);
    if (literal !== undefined) {
      const end = this.#offset;
      this.#skip(false);
      if (this.#atEndOfValue()) return literal;
      this.#offset = end;
    }
    // More follows (an operator, a call, a `for`), so the whole is an expression.
    this.#offset = start;
    this.#skipExpression();
    const span = this.#span(start);
    return { kind: 'expression', text: this.#text.slice(span.start, span.end).trimEnd(), span };
  }

  #structured(start: number, depth: number): HclValue | undefined {
    const first = this.#text[this.#offset];
    if (first === '"') {
      const { text, template } = this.#quoted();
      return template ? undefined : { kind: 'literal', value: text, span: this.#span(start) };
    }
    if (first === '[') return this.#list(start, depth);
    if (first === '{') return this.#object(start, depth);
    if (this.#match(/to(?:set|map|list)\(/y) !== undefined) return this.#converted(depth);
    const word = this.#match(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b/y);
    if (word === undefined) return undefined;
    const words: Record<string, boolean | null> = { true: true, false: false, null: null };
    return { kind: 'literal', value: word in words ? (words[word] ?? null) : Number(word), span: this.#span(start) };
  }

  /** `toset([…])` and its like change the type of a value and not what it holds. */
  #converted(depth: number): HclValue | undefined {
    this.#skip(true);
    const inner = this.#value(depth + 1);
    this.#skip(true);
    return this.#take(')') && inner.kind !== 'expression' ? inner : undefined;
  }

  #list(start: number, depth: number): HclValue | undefined {
    this.#offset++;
    const items: HclValue[] = [];
    for (;;) {
      this.#skip(true);
      if (this.#take(']')) return { kind: 'list', items, span: this.#span(start) };
      if (this.#match(/for\b/y) !== undefined) return undefined;
      items.push(this.#value(depth + 1));
      this.#skip(true);
      if (!this.#take(',') && !this.#peek(']')) return undefined;
    }
  }

  #object(start: number, depth: number): HclValue | undefined {
    this.#offset++;
    const entries = new Map<string, HclValue>();
    for (;;) {
      this.#skip(true);
      if (this.#take('}')) return { kind: 'object', entries, span: this.#span(start) };
      const key = this.#peek('"') ? this.#quoted().text : this.#match(/[\p{L}_][\p{L}\p{N}_-]*/uy);
      if (key === undefined || key === 'for') return undefined;
      this.#skip(false);
      if (!this.#take('=') && !this.#take(':')) return undefined;
      this.#skip(true);
      entries.set(key, this.#value(depth + 1));
      this.#skip(true);
      this.#take(',');
    }
  }

  /** A quoted string; `template` where it interpolates, so that its text is not its value. */
  #quoted(): { text: string; template: boolean } {
    const start = this.#offset++;
    let text = '';
    let template = false;
    for (;;) {
      const char = this.#text[this.#offset];
      if (char === undefined || char === '\n') throw this.#error('a string is not closed', start);
      this.#offset++;
      if (char === '"') return { text, template };
      if (char === '\\') {
        const escaped = this.#text[this.#offset++] ?? '';
        text += { n: '\n', t: '\t', r: '\r' }[escaped] ?? escaped;
      } else if ((char === '$' || char === '%') && this.#peek('{')) {
        template = true;
        this.#skipBrackets();
      } else text += char;
    }
  }

  /** Skips what belongs to an expression: to the end of the line, or a comma or bracket that closes what is around it. */
  #skipExpression(): void {
    for (;;) {
      const char = this.#text[this.#offset];
      if (char === undefined || char === '\n' || char === ',' || char === ']' || char === '}' || char === ')') return;
      if (char === '#' || this.#text.startsWith('//', this.#offset)) return;
      if (char === '"') this.#quoted();
      else if (char === '[' || char === '{' || char === '(') this.#skipBrackets();
      else if (this.#text.startsWith('<<', this.#offset)) this.#heredoc();
      else this.#offset++;
    }
  }

  /** From an opening bracket to behind the one that closes it. Iterative, so that depth costs no stack. */
  #skipBrackets(): void {
    const start = this.#offset;
    let depth = 0;
    do {
      const char = this.#text[this.#offset];
      if (char === undefined) throw this.#error(`"${this.#text[start]}" is not closed`, start);
      if (char === '"') {
        this.#plainQuoted();
        continue;
      }
      if (this.#text.startsWith('<<', this.#offset)) {
        this.#heredoc();
        continue;
      }
      if (char === '#' || this.#text.startsWith('//', this.#offset) || this.#text.startsWith('/*', this.#offset)) {
        this.#skip(false);
        continue;
      }
      if (char === '{' || char === '[' || char === '(') depth++;
      if (char === '}' || char === ']' || char === ')') depth--;
      this.#offset++;
    } while (depth > 0);
  }

  /** A string inside brackets, where only its end matters. */
  #plainQuoted(): void {
    const match = this.#match(/"(?:[^"\\\n]|\\.)*"/y);
    if (match === undefined) this.#offset++;
  }

  #heredoc(): void {
    const marker = this.#match(/<<-?\s*([\p{L}_][\p{L}\p{N}_-]*)/uy)?.replace(/^<<-?\s*/, '');
    if (marker === undefined) {
      this.#offset += 2;
      return;
    }
    for (let lineStart = this.#offset; lineStart < this.#text.length; ) {
      const lineEnd = this.#text.indexOf('\n', lineStart);
      const end = lineEnd < 0 ? this.#text.length : lineEnd;
      if (this.#text.slice(lineStart, end).trim() === marker) {
        this.#offset = end;
        return;
      }
      lineStart = end + 1;
    }
    throw this.#error(`the heredoc "${marker}" is not closed`);
  }

  #name(): string {
    const name = this.#match(/[\p{L}_][\p{L}\p{N}_-]*/uy) ?? (this.#peek('"') ? this.#quoted().text : undefined);
    if (name === undefined) throw this.#error(`"${this.#text[this.#offset] ?? 'end of file'}" is not expected here`);
    return name;
  }

  #atEndOfValue(): boolean {
    const char = this.#text[this.#offset];
    return (
      char === undefined ||
      char === '\n' ||
      char === '\r' ||
      char === ',' ||
      char === ']' ||
      char === '}' ||
      char === ')'
    );
  }

  /** Skips blanks and comments, and line ends where they do not end anything. */
  #skip(lines: boolean): void {
    this.#match(
      lines ? /(?:\s|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/|\uFEFF)*/y : /(?:[ \t]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y,
    );
    if (this.#text.startsWith('/*', this.#offset)) throw this.#error('a comment is not closed');
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }

  #peek(char: string): boolean {
    return this.#text[this.#offset] === char;
  }

  #take(char: string): boolean {
    if (!this.#peek(char)) return false;
    this.#offset++;
    return true;
  }

  #span(start: number): Span {
    return { source: this.#source, start, end: this.#offset };
  }

  #error(message: string, at = this.#offset): HclError {
    return new HclError(message, { source: this.#source, start: at, end: Math.min(at + 1, this.#text.length) });
  }
}
