import { describe, expect, it } from 'vitest';
import { messageOf, possibleMark, subjectText } from '../../src/git/message.ts';

const trailers = (body: string) => messageOf({ subject: 'Bump', body }).trailers.map(({ key, value }) => [key, value]);

describe('the mark of comments in the file of a message', () => {
  it.each([
    ['Bump\n\nTicket: OPS-1\n', undefined],
    ['Bump\n\n- one\n- two\n', undefined],
    ['Bump\n\n# Please enter\n', undefined],
    ['# 1: bump\n\n; Please enter\n;\n', ';'],
    ['Bump\n\n// Please enter\n', '//'],
    ['Bump\n; ------------------------ >8 ------------------------\ndiff --git a/a b/a\n+a\n', ';'],
  ])('of %j may be %j', (text, mark) => expect(possibleMark(text)).toBe(mark));
});

describe('the message of a commit', () => {
  it('has its subject as a place', () => {
    const message = messageOf({ subject: 'Bump image to 4.2.0', body: 'Why.' });
    expect(subjectText(message)).toBe('Bump image to 4.2.0');
  });

  it('has the place of each trailer', () => {
    const [trailer] = messageOf({ subject: 'Bump', body: 'Why.\n\nTicket: OPS-1' }).trailers;
    const { source, start, end } = trailer?.span ?? expect.fail('there is a trailer');
    expect(source.text.slice(start, end)).toBe('Ticket: OPS-1');
  });

  it.each([
    [
      'a last paragraph of trailers',
      'Why.\n\nTicket: OPS-1\nSee-also : b',
      [
        ['Ticket', 'OPS-1'],
        ['See-also', 'b'],
      ],
    ],
    ['a body that is nothing else', 'Ticket: OPS-1', [['Ticket', 'OPS-1']]],
    ['a value that is continued', 'Ticket: OPS-1\n  and OPS-2', [['Ticket', 'OPS-1 and OPS-2']]],
    ['prose that has a colon', 'Note: this is prose\nof two lines', []],
    ['a paragraph before the last', 'Ticket: OPS-1\n\nThe end.', []],
    ['one that git wrote among prose', 'Prose.\n\n[x] checked\nSigned-off-by: A <a@b>', [['Signed-off-by', 'A <a@b>']]],
    ['a line of git that is no trailer', '(cherry picked from commit 1a2b)\nTicket: OPS-1', [['Ticket', 'OPS-1']]],
  ])('reads trailers of %s', (_, body, expected) => {
    expect(trailers(body)).toEqual(expected);
  });
});
