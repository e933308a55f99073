/**
 * Changes what a terminal obeys or hides instead of showing: control characters, bidirectional controls, invisible and
 * unassigned-looking characters, line and paragraph separators, halves of a surrogate pair. The expression stands here so
 * that it is made when it is needed: its classes take milliseconds.
 */
function escapeInvisible(text: string, escaped: (character: string) => string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu, escaped);
}

/** Only chooses between two drawings of the character before it; commit subjects with an emoji end in it. */
const EMOJI_STYLE = '\u{fe0f}';

const NAMED = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Nearly every text. */
const PLAIN = /^[\x20-\x7e]*$/;

/** Text of others, made safe to print on one line: each character that would not show as itself becomes `\u{..}`. */
export function escapeText(text: string): string {
  if (PLAIN.test(text)) return text;
  return escapeInvisible(text, character => {
    if (character === EMOJI_STYLE) return character;
    return NAMED.get(character) ?? `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`;
  });
}

/**
 * A whole printed line, changed where a CI system would read a command in it: GitHub's runner obeys `::name::` after any
 * leading space and `##[name]` anywhere in a line, of stdout and stderr alike; Azure and TeamCity have `##vso[` and
 * `##teamcity[`. (actions/runner, src/Runner.Common/ActionCommand.cs)
 */
export function breakCommands(line: string): string {
  return line.replace(/##(?=\w*\[)/g, '# #').replace(/^(\s*):(?=:)/u, '$1: ');
}

/** The same for JSON, where the text must keep its value: escapes inside strings, which is where these can occur. */
export function escapeJson(json: string): string {
  const invisible = escapeInvisible(json, character => (character === '\n' ? character : unicodeEscapes(character)));
  return invisible.replace(/##(?=\w*\[)/g, '#\\u0023');
}

function unicodeEscapes(character: string): string {
  return Array.from({ length: character.length }, (_, i) => character.charCodeAt(i))
    .map(unit => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
