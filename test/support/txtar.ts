/** The files of a text archive: a comment, then `-- path --` lines, each followed by the file's content. */
export function readTxtar(text: string): { comment: string; files: Record<string, string> } {
  const [comment = '', ...parts] = text.split(/^-- (.+) --\n/m);
  const files: Record<string, string> = {};
  for (let i = 0; i < parts.length; i += 2) files[parts[i] ?? ''] = parts[i + 1] ?? '';
  return { comment: comment.replace(/^# /, '').trim(), files };
}
