import { describe, expect, test } from 'vitest';
import { frame } from '../../src/report/frame.ts';
import { COLOURLESS, print } from '../../src/report/line.ts';
import * as fc from '../support/properties.ts';
import * as make from '../support/results.ts';

function framed(content: string, marked: string, file = 'app.yaml', width = 80): string {
  return print(frame(make.spanIn(file, content, marked), width), COLOURLESS);
}

describe('the lines around a place', () => {
  test('up to four before it, and the place underlined', () => {
    expect(framed('a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: [x, yy]\n', 'yy')).toBe(
      ['   2 | b: 2', '   3 | c: 3', '   4 | d: 4', '   5 | e: 5', '   6 | f: [x, yy]', '     |        ~~', ''].join(
        '\n',
      ),
    );
  });

  test('none of another document', () => {
    expect(framed('a: 1\n---\nb: 2\n', '2')).toBe('   3 | b: 2\n     |    ~\n');
  });

  test('a place that starts at the separator', () => {
    expect(framed('a: 1\n--- {b: 2}\n', '{b: 2}')).toBe('   2 | --- {b: 2}\n     |     ~~~~~~\n');
  });

  test('a place of several lines is marked on its first', () => {
    expect(framed('a:\n  - b\n  - c\n', '- b\n  - c')).toBe('   1 | a:\n   2 |   - b\n     |   ~~~\n');
  });

  test('the mark stays under the place behind escaped characters', () => {
    expect(framed('a: "\u202e\t", b: c', 'b: c')).toBe('   1 | a: "\\u{202e} ", b: c\n     |                 ~~~~\n');
  });

  test('a long line is cut, and a place beyond the cut has no mark', () => {
    const content = `a: ${'x'.repeat(100)} end`;
    expect(framed(content, 'end', 'app.yaml', 40)).toBe(`   1 | a: ${'x'.repeat(27)}...\n`);
  });

  test('a break of any kind ends a line', () => {
    expect(framed('a: 1\r\nb: 2\rc: 3\n', '3')).toBe('   1 | a: 1\n   2 | b: 2\n   3 | c: 3\n     |    ~\n');
  });

  test('any place of any text has a frame', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), fc.nat(), fc.nat(200), (content, start, length, width) => {
        const { source } = make.spanIn('a.yaml', `x${content}`, 'x');
        const from = start % (source.text.length + 1);
        const lines = frame({ source, start: from, end: Math.min(source.text.length, from + length) }, width);
        expect(lines.length).toBeLessThanOrEqual(6);
      }),
    );
  });
});

describe('E09 what must not be shown', () => {
  const CANARY = 'c4n4ry-9f8e7d6c';

  test.each([
    ['a Secret', `kind: Secret\ndata:\n  key: ${CANARY}\nextra: 1\n`, 'app.yaml'],
    ['a Secret in JSON', `{ "kind": "Secret", "data": { "key": "${CANARY}" }, "extra": 1 }`, 'app.json'],
    ['a Secret among others', `kind: Service\nextra: 1\n---\nkind: Secret\ndata: { key: ${CANARY} }\n`, 'app.yaml'],
    ['a generator of Secrets', `secretGenerator:\n- literals: [key=${CANARY}]\nextra: 1\n`, 'kustomization.yaml'],
    ['a file of settings', `KEY=${CANARY}\nextra: 1\n`, 'secret.env'],
    ['a key in PEM', `tls: |\n  -----BEGIN PRIVATE KEY-----\n  ${CANARY}\nextra: 1\n`, 'app.yaml'],
    ['a variable by its name', `- name: DB_PASSWORD\n  value: ${CANARY}\nextra: 1\n`, 'app.yaml'],
    ['a setting by its key', `api_token: "${CANARY}"\nextra: 1\n`, 'app.yaml'],
    ['an argument', `args:\n  - --db-password=${CANARY}\nextra: 1\n`, 'app.yaml'],
    ['an address with a password', `url: https://user:${CANARY}@db.example/\nextra: 1\n`, 'app.yaml'],
  ])('%s', (_what, content, file) => {
    expect(framed(content, 'extra', file)).not.toContain(CANARY);
    expect(framed(content, CANARY, file)).not.toContain(CANARY);
  });
});
