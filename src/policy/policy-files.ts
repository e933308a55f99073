import { CONFIG_FILES } from '../config/read.ts';
import { at, type Node } from '../yaml/node.ts';

/** The folder of a team's own rules, in the root of the tree. */
export const POLICIES = 'policies';

/** Whether a path may be that of policies: other programs keep theirs in such a folder as well. */
export function isPolicyFile(path: string): boolean {
  return /^policies\/[^/]+\.ya?ml$/.test(path);
}

/** Whether a path is that of a configuration, or may be that of policies. */
export function isPolicy(path: string): boolean {
  return CONFIG_FILES.some(name => name === path) || isPolicyFile(path);
}

/** Whether a document holds our policies: rules or tests, and no kind of an API. */
export function holdsPolicies(root: Node | undefined): root is Node {
  const has = (key: string) => at(root, key) !== undefined;
  return (has('rules') || has('tests')) && !has('apiVersion');
}
