/** A word of a command that people copy into a shell: names come from the repository and must stay one word. */
export function shellWord(word: string): string {
  return /^[\w./=,:@~-]+$/.test(word) && !/^[-~]/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
