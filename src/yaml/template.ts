const ESCAPED = /\\["\\]/g;
const QUOTED = /"[^"]*"|'(?:[^']|'')*'/g;
const COMMENT = /(?:^|\s)#.*$/;
const BLOCK_HEADER = /(?:^|[:\-?]\s+|[!&]\S+\s+)[|>][-+0-9]{0,2}\s*$/;
const OPEN_QUOTE = /(?:^\s*|[:\-[{,]\s+|[[{])(["'])(?!.*\1)/;
const PLAIN_VALUE = /(?:^|:|-)\s+[^\s{["']\S*/;

/** Of a longer line only the start is looked at: nobody writes such a line by hand. */
const LONGEST_LINE = 1000;

/** What only a template engine takes for an instruction. */
const INSTRUCTION =
  /\{\{-|-\}\}|\{\{\s*(?:if|else|end|range|with|include|template|define|block|toYaml)\b|\{%|^\s*\{#|^\s*(?:- +)*[^\s:]+:\s+\{\{|^\s*- +\{\{/;
/** An expression on a line of its own, unless the line goes on with the text of the one before. */
const EXPRESSION = /^\s*\{\{/;

/**
 * Whether the text is the input of a template engine (Helm, Jinja) rather than YAML. Expressions within quotes, block
 * scalars and comments do not count, nor those inside a plain text such as `cluster-{{name}}`, which is YAML as it is.
 */
export function isTemplated(text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%')) return false;
  let block = -1;
  let plain = -1;
  let quote: string | undefined;
  for (const whole of text.split(/\r\n|\n|\r/)) {
    const line = whole.slice(0, LONGEST_LINE);
    const indent = line.search(/\S/);
    if (indent < 0 || (block >= 0 && indent > block)) continue;
    block = -1;
    if (quote !== undefined) {
      if (whole.replace(ESCAPED, '').includes(quote)) quote = undefined;
      continue;
    }
    const bare = line.replace(ESCAPED, '').replace(QUOTED, '[]').replace(COMMENT, '');
    const goesOn = plain >= 0 && indent > plain;
    if (INSTRUCTION.test(bare) || (!goesOn && EXPRESSION.test(bare))) return true;
    quote = OPEN_QUOTE.exec(bare)?.[1];
    if (BLOCK_HEADER.test(bare)) block = indent;
    if (!goesOn) plain = PLAIN_VALUE.test(bare) && block < 0 ? indent : -1;
  }
  return false;
}
