import { readTag } from '../src/image/tag.ts';
import type { Gap } from '../src/kustomize/rendered.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'source-can-move',
  title: 'A chart or a base elsewhere that changes without a commit here',
  severity: 'warning',
  why: 'What is applied changes when somebody else publishes it: no commit says so, no check sees it, and git revert does not bring the old state back.',
  fix: 'Write the exact version of a chart, and the tag or commit of a repository.',

  on: 'state',
  *check({ gaps }, { environment }) {
    // A staging that follows a branch is meant to.
    if (environment === 'staging' || environment === 'development') return;
    for (const gap of gaps) {
      const follows = gap.kind === 'helm-chart' ? chartFollows(gap) : baseFollows(gap);
      if (follows === undefined) continue;
      const bare = gap.kind === 'remote-base' ? BARE_VERSION.exec(textOf(gap))?.[1] : undefined;
      yield {
        message: `${gap.what} ${follows}`,
        at: { span: gap.span },
        severity: environment === 'production' ? 'warning' : 'info',
        ...(bare !== undefined && { fix: `Write ?ref=${bare}: without ref= kustomize does not read the version.` }),
      };
    }
  },
});

/** A version as the whole query: kustomize takes `ref` or `version` from it and nothing else (api/internal/git/repospec.go). */
const BARE_VERSION = /\?(v?\d[\w.+-]*)$/;

/** The address as it is written, since what kustomize does not read is no part of the gap. */
function textOf({ span: { source, start, end } }: Gap): string {
  return source.text.slice(start, end).replace(/["']$/, '');
}

/** Characters of a range, as Helm and Argo CD read it (github.com/Masterminds/semver); `1.2` alone is exact. */
const RANGE = /[*^~<>=|,\s]|(?:^|\.)[xX](?:\.|$)/;

/** An address, and no folder of this repository. */
const REGISTRY = /:\/\/|^[\w-]+(?:\.[\w-]+)+[:/]/;

function chartFollows({ what, version }: Gap): string | undefined {
  if (version === undefined || version === '*')
    return REGISTRY.test(what) ? 'has no version: the newest is taken' : undefined;
  return RANGE.test(version) ? `takes the newest version in ${version}` : undefined;
}

function baseFollows({ kind, version, what }: Gap): string | undefined {
  if (kind !== 'remote-base' || what.startsWith('submodule ')) return undefined;
  if (version === undefined) return 'has no tag and no commit: whatever is there now is taken';
  if (RANGE.test(version)) return `takes the newest tag in ${version}`;
  return readTag(version).scheme === 'word' ? `follows ${version}` : undefined;
}
