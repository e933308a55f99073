/** Paths of the repository: from its root, with `/`, without a leading or trailing one; the root itself is ''. */

/**
 * The path that `text` means when written in a file of `folder`. Undefined where it leads out of the repository, which
 * an absolute path always does.
 */
export function resolvePath(folder: string, text: string): string | undefined {
  if (text.startsWith('/') || text.startsWith('~')) return undefined;
  // Most name a file beside the one that names it.
  if (!text.includes('/') && !text.startsWith('.') && text !== '') return folder === '' ? text : `${folder}/${text}`;
  const steps = folder === '' ? [] : folder.split('/');
  for (const step of text.split('/')) {
    if (step === '' || step === '.') continue;
    if (step !== '..') steps.push(step);
    else if (steps.pop() === undefined) return undefined;
  }
  return steps.join('/');
}

/** Whether the path is the folder itself or stands in or below it. */
export function isWithin(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The folder of a file; '' for a file at the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
