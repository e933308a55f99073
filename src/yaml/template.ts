const BLOCK_HEADER = /(?:^|[:\-?]\s+|[!&]\S+\s+)[|>][-+0-9]{0,2}\s*(?:#.*)?$/;
const QUOTED = /"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'/g;
/** Where YAML would see a flow mapping in a mapping, or text where only a template engine sees an instruction. */
const TEMPLATE =
  /(?:^\s*|[:\-[,]\s+|^-\s+)\{\{|\{\{-|-\}\}|\{\{\s*(?:if|else|end|range|with|include|template|define|block)\b|\{%/;

/**
 * Whether the text is the input of a template engine (Helm, Jinja) rather than YAML. Expressions within quotes, block
 * scalars and comments do not count, nor those inside a plain text such as `cluster-{{name}}`, which is YAML as it is.
 */
export function isTemplated(text: string): boolean {
  if (!text.includes('{{') && !text.includes('{%')) return false;
  let blockIndent = -1;
  for (const line of text.split(/\r\n|\n|\r/)) {
    const indent = line.search(/\S/);
    if (indent < 0) continue;
    if (blockIndent >= 0 && indent > blockIndent) continue;
    blockIndent = -1;
    const bare = line.replace(QUOTED, '""').replace(/(?:^|\s)#.*$/, '');
    if (TEMPLATE.test(bare)) return true;
    if (BLOCK_HEADER.test(bare)) blockIndent = indent;
  }
  return false;
}
