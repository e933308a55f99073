/** Names of folders whose content is copied and filled in before anything applies it. */
const SCAFFOLD = /(?:^|\/)(?:templates?|skeletons?|scaffolds?|boilerplates?)(?:\/|$)/i;

/** Whether what lies in the folder is a pattern for new folders, which only its copies deploy. */
export function isScaffold(folder: string): boolean {
  return SCAFFOLD.test(folder);
}
