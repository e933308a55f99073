import { describe, expect, test } from 'vitest';
import { decodePath } from '../../src/git/path.ts';
import { breakCommands, escapeJson, escapeText } from '../../src/report/escape.ts';
import { explain } from '../../src/report/explain.ts';
import { reportGithub } from '../../src/report/github.ts';
import { COLOURLESS, PAINTS, type Palette } from '../../src/report/line.ts';
import { reportSarif } from '../../src/report/sarif.ts';
import { PLAIN, reportText } from '../../src/report/text.ts';
import { attributes, escapeXml } from '../../src/report/xml.ts';
import type { Level } from '../../src/risk/verdict.ts';
import * as fc from '../support/properties.ts';
import * as make from '../support/results.ts';
import { parseXml } from '../support/xml.ts';
import { hostileResult, isCommand } from './hostile.ts';

describe('what cannot be seen is shown', () => {
  test.each([
    ['plain text, π, 東京, ❤️', 'plain text, π, 東京, ❤️'],
    ['\u001b[2J', '\\u{1b}[2J'],
    ['a\nb\r\tc', 'a\\nb\\r\\tc'],
    ['\u009b31m', '\\u{9b}31m'],
    ['user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['a\u200bb\u00adc\u2060', 'a\\u{200b}b\\u{ad}c\\u{2060}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u2028', '\\u{2028}'],
    ['section_start:1:x[collapsed=true]\r\u001b[0K', 'section_start:1:x[collapsed=true]\\r\\u{1b}[0K'],
    ['\ud800', '\\u{d800}'],
    ['\u{1f600}', '\u{1f600}'],
  ])('E01 %j', (text, shown) => {
    expect(escapeText(text)).toBe(shown);
  });
});

describe('commands of CI systems', () => {
  test.each([
    ['::error::x', ': :error::x'],
    ['  ::set-output name=a::b', '  : :set-output name=a::b'],
    ['\u00a0::x', '\u00a0: :x'],

    ['value: ##[set-output name=risk]low', 'value: # #[set-output name=risk]low'],
    ['##vso[task.setvariable]', '# #vso[task.setvariable]'],
    ['##teamcity[buildStop]', '# #teamcity[buildStop]'],
    ['### heading [link]', '### heading [link]'],
    ['Foo::bar', 'Foo::bar'],
  ])('E02 %j', (line, broken) => {
    expect(breakCommands(line)).toBe(broken);
  });
});

const HOSTILE = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '::error::',
        '##[',
        '##vso[',
        '##teamcity[',
        '\u001b[2J',
        '\u001b]8;;http://x\u0007',
        '\r',
        '\n',
        ' ',
        '#',
        ':',
      ),
      fc.constantFrom(
        '\u202e',
        '\u200d',
        '\u0085',
        '\u009b',
        '\u2028',
        '\ufeff',
        '\ud800',
        '\udc00',
        '\u{e0041}',
        '[',
        'x',
      ),
      fc.string({ unit: 'binary', maxLength: 5 }),
    ),
    { maxLength: 8 },
  )
  .map(parts => parts.join(''));

/** The command of a line, as that runner reads it: `TryParseV2` and `UnescapeProperty` of the same file. */
function commandOf(line: string): { name: string; properties: Record<string, string> } | undefined {
  const trimmed = line.trimStart();
  const end = trimmed.indexOf('::', 2);
  if (!trimmed.startsWith('::') || end < 0) return undefined;
  const [name = '', ...rest] = trimmed.slice(2, end).split(' ');
  const pairs = rest
    .join(' ')
    .trim()
    .split(',')
    .filter(Boolean)
    .map(pair => pair.split('='));
  const unescaped = (value: string) =>
    value
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%3A', ':')
      .replaceAll('%2C', ',')
      .replaceAll('%25', '%');
  const properties = pairs.map(([key = '', ...value]) => [key, unescaped(value.join('='))]);
  return { name, properties: Object.fromEntries(properties) };
}

function unescapedUri(uri: string): string {
  return uri.replace(/%(..)/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

describe('no report lets content act on a terminal or a runner', () => {
  const LEVEL = fc.constantFrom<Level>('none', 'low', 'medium', 'high');

  test('E01 E02 without colour', () => {
    fc.assert(
      fc.property(HOSTILE, LEVEL, fc.integer({ min: 1, max: 200 }), (text, level, width) => {
        const result = hostileResult(text, level);
        for (const printed of [reportText(result, { ...PLAIN, width }), explain(result, { ...PLAIN, width })]) {
          expect(printed).toMatch(/^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]*\n)*$/u);
          expect(printed.split('\n').filter(isCommand)).toEqual([]);
        }
      }),
    );
  });

  test('E01 with colour, the only control characters are our own', () => {
    const colour = Object.fromEntries(PAINTS.map(paint => [paint, (text: string) => `\u001b[1m${text}\u001b[22m`]));
    const palette: Palette = { ...COLOURLESS, ...colour };
    fc.assert(
      fc.property(HOSTILE, LEVEL, (text, level) => {
        const printed = reportText(hostileResult(text, level), { ...PLAIN, palette });
        expect(printed.replaceAll('\u001b[1m', '').replaceAll('\u001b[22m', '')).not.toMatch(/[^\P{Cc}\n]/u);
      }),
    );
  });

  test('E02 annotations are the commands that are meant, and no other', () => {
    fc.assert(
      fc.property(HOSTILE, LEVEL, (text, level) => {
        const lines = reportGithub(hostileResult(text, level)).trimEnd().split('\n');
        const commands = lines.slice(0, -1).map(commandOf);
        expect(lines.slice(-1).filter(isCommand)).toEqual([]);
        for (const command of commands) {
          expect(command).toMatchObject({ name: expect.stringMatching(/^(?:error|warning|notice)$/) });
          expect(Object.keys(command?.properties ?? {}).join()).toMatch(
            /^(?:file,line,endLine,(?:col,endColumn,)?)?title$/,
          );
          expect(Object.values(command?.properties ?? {}).join('')).not.toMatch(/[\r\n]/);
        }
      }),
    );
  });

  test('E07 the address of a file is its bytes, whatever its name', () => {
    const byte = fc.integer({ min: 1, max: 255 });
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), byte, (name, other) => {
        const bytes = Buffer.from([...name, other].map(one => one || other));
        const span = make.spanAt(decodePath(bytes), 1);
        const log = JSON.parse(reportSarif(make.result({ findings: [make.finding(span)] }), '1.2.3', () => undefined));
        const { uri } = log.runs[0].results[0].locations[0].physicalLocation.artifactLocation;
        expect(uri).toMatch(/^(?:[A-Za-z0-9._~!$&'()*+,;=@/-]|%[0-9A-F]{2})+$/);
        expect(Buffer.from(unescapedUri(uri), 'latin1')).toEqual(bytes);
      }),
    );
  });

  test('E08 XML is well formed, and its attributes have the text as it is shown', () => {
    fc.assert(
      fc.property(HOSTILE, text => {
        expect(parseXml(`<a ${attributes({ b: text })}>${escapeXml(text)}</a>`).attributes.b).toBe(escapeXml(text));
      }),
    );
  });

  test('E08 any JSON text keeps its value', () => {
    fc.assert(
      fc.property(fc.oneof(HOSTILE, fc.string({ unit: 'binary' })), text => {
        const escaped = escapeJson(JSON.stringify({ text }, undefined, 2));
        expect(JSON.parse(escaped)).toEqual({ text });
        expect(escaped.split('\n').filter(isCommand)).toEqual([]);
      }),
    );
  });
});
