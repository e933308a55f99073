import { isSameVersion } from '../src/gitops/version-places.ts';
import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tracked-version-differs',
  title: 'A component listed at another version than its file has',
  severity: 'warning',
  why: 'The update script goes by the list, so it proposes the wrong step next time, or puts the old version back.',
  fix: 'Give the list and the file the same version.',

  on: 'repository',
  meets: () => [],
  *check(_states, { here }) {
    for (const { component, file, place } of here.tracked.versions) {
      const { name, version } = component;
      const at = { span: version.span };
      if (place.state === 'found' && !isSameVersion(place.version.text, version.text)) {
        yield {
          message: `${name.text} is listed at ${version.text}, and ${file.path.text} has ${place.version.text}`,
          at,
        };
      }
      if (place.state === 'unclear') {
        const versions = place.versions.join(', ');
        yield { message: `${name.text} is listed at ${version.text}, and ${file.path.text} has only ${versions}`, at };
      }
    }
  },
});
