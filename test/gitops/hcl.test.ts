import { describe, expect, it } from 'vitest';
import { type HclBlock, HclError, type HclValue, parseHcl } from '../../src/gitops/hcl.ts';
import { Source } from '../../src/yaml/node.ts';
import * as fc from '../support/properties.ts';

const read = (text: string): HclBlock => parseHcl(new Source('main.tf', text));

/** Values as a person would write them down; an expression as `<its text>`. */
function plain(value: HclValue | undefined): unknown {
  if (value === undefined) return undefined;
  if (value.kind === 'literal') return value.value;
  if (value.kind === 'list') return value.items.map(plain);
  if (value.kind === 'object') return Object.fromEntries([...value.entries].map(([key, item]) => [key, plain(item)]));
  return `<${value.text}>`;
}

describe('values', () => {
  it.each([
    ['"1.31.4"', '1.31.4'],
    ['1.31', 1.31],
    ['-4', -4],
    ['true', true],
    ['null', null],
    ['"a\\"b\\n"', 'a"b\n'],
    ['["a", "b",]', ['a', 'b']],
    ['{ a = "1", "b" : 2 }', { a: '1', b: 2 }],
    ['[\n  "a", # first\n  "b"\n]', ['a', 'b']],
    ['var.version', '<var.version>'],
    ['"v${var.version}"', '<"v${var.version}">'],
    ['1 + 2', '<1 + 2>'],
    ['toset(["a", "b"])', ['a', 'b']],
    ['toset(var.hosts)', '<toset(var.hosts)>'],
    ['[for k, v in var.hosts : k if v != ""]', '<[for k, v in var.hosts : k if v != ""]>'],
    ['var.a == "x" ? "y" : "z"', '<var.a == "x" ? "y" : "z">'],
    ['<<-EOT\n  a = {\n  EOT', '<<<-EOT\n  a = {\n  EOT>'],
    ['jsonencode({ a = "}" })', '<jsonencode({ a = "}" })>'],
    ['[var.a, "b"]', ['<var.a>', 'b']],
  ])('%s', (text, expected) => {
    const body = read(`before = 1\nx = ${text}\nafter = 2\n`);
    expect(plain(body.attributes.get('x'))).toEqual(expected);
    expect([plain(body.attributes.get('before')), plain(body.attributes.get('after'))]).toEqual([1, 2]);
  });
});

describe('blocks', () => {
  it('keeps labels, nested blocks and places', () => {
    const body = read('# DNS\nresource "cloudflare_record" "www" {\n  name = "www"\n  data {\n    port = 1\n  }\n}\n');
    const [record] = body.blocks;
    expect([record?.type, record?.labels]).toEqual(['resource', ['cloudflare_record', 'www']]);
    expect(plain(record?.blocks[0]?.attributes.get('port'))).toBe(1);
    const span = record?.attributes.get('name')?.span;
    expect(span?.source.position(span.start)).toEqual({ line: 3, column: 10 });
  });

  it('reads a block on one line', () => {
    expect(plain(read('variable "v" { default = "1.30" }').blocks[0]?.attributes.get('default'))).toBe('1.30');
  });
});

describe('what is not HCL', () => {
  it.each([
    ['resource "a" "b" {', 'the block "resource" is not closed'],
    ['x = "abc', 'a string is not closed'],
    ['x = <<EOT\nabc\n', 'the heredoc "EOT" is not closed'],
    ['= 1', '"=" is not expected here'],
    ['x = f(/* a', 'a comment is not closed'],
    [`${'a {'.repeat(100)}`, 'blocks are nested more than 64 deep'],
    [`x = ${'['.repeat(100)}`, 'values are nested more than 64 deep'],
  ])('%s', (text, message) => {
    expect(() => read(text)).toThrow(message);
  });

  it('ends with a body or an HclError for any text', () => {
    const token = fc.constantFrom(
      'a',
      '=',
      '{',
      '}',
      '[',
      ']',
      '"',
      '\n',
      ' ',
      '${',
      '<<E',
      'E',
      '#',
      '/*',
      '*/',
      ',',
      '1',
      '\\',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(token).map(tokens => tokens.join('')),
        ),
        text => {
          try {
            read(text);
          } catch (error) {
            expect(error).toBeInstanceOf(HclError);
          }
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
