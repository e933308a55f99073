import type { Rule } from '../src/rule/rule.ts';
import ambiguousYaml from './ambiguous-yaml.ts';
import duplicateKey from './duplicate-key.ts';
import fileNotInTree from './file-not-in-tree.ts';
import imagesEntryMatchesNothing from './images-entry-matches-nothing.ts';
import kustomizationRefused from './kustomization-refused.ts';
import pathLeavesRepository from './path-leaves-repository.ts';
import tagIsANumber from './tag-is-a-number.ts';
import yamlDoesNotParse from './yaml-does-not-parse.ts';

/** Every rule, sorted by id. A test compares the list with the folder. */
const rules: readonly Rule[] = [
  ambiguousYaml,
  duplicateKey,
  fileNotInTree,
  imagesEntryMatchesNothing,
  kustomizationRefused,
  pathLeavesRepository,
  tagIsANumber,
  yamlDoesNotParse,
];

export default rules;
