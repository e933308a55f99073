import { describe, expect, it } from 'vitest';
import { SharedBuilds } from '../../src/kustomize/shared-builds.ts';
import { expectedOf, filesOf, NONE, repositories } from '../support/corpus.ts';
import { editorOf, followsItsOrigin, leavesOf } from '../support/edited-origin.ts';
import { memoryTree } from '../support/memory-tree.ts';
import * as fc from '../support/properties.ts';
import { placeOf } from '../support/render.ts';

/** Leaves of each folder; half of them among those that a kustomization or a patch has set. */
const LEAVES = 4;

describe('the corpus beside the checkout, when present', () => {
  const isThere = repositories.length > 0;
  it.skipIf(!isThere).each(isThere ? repositories : NONE)(
    '%s: to change the text at the origin of a value is to change the value',
    { timeout: 900_000 },
    async repository => {
      const tree = memoryTree(filesOf(repository));
      const shared = new SharedBuilds();
      const astray: string[] = [];
      for (const [folder, { ok }] of Object.entries(expectedOf(repository))) {
        if (!ok) continue;
        const editor = await editorOf(tree, folder, shared);
        const leaves = leavesOf(editor.rendered);
        const set = leaves.filter(
          ({ node }) => node.before !== undefined || /kustomiz|patch/.test(node.span.source.file),
        );
        for (const some of [leaves, set].filter(list => list.length > 0)) {
          for (const leaf of fc.sample(fc.constantFrom(...some), { numRuns: LEAVES / 2, seed: 1 })) {
            if (await followsItsOrigin(editor, leaf)) continue;
            astray.push(`${folder}: ${leaf.path} of ${leaf.object.id.name} at ${placeOf(leaf.node.span)}`);
          }
        }
      }
      expect(astray).toEqual([]);
    },
  );
});
