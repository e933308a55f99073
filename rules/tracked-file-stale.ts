import { defineRule } from '../src/rule/rule.ts';

export default defineRule({
  id: 'tracked-file-stale',
  title: 'A component whose file, or whose version in it, is no longer there',
  severity: 'warning',
  why: 'The update script does not find what it has to change, so the component is left behind without a word.',
  fix: 'Correct the path, the key or the expression in the list, or take the component out of it.',

  on: 'repository',
  meets: () => [],
  *check(_states, { here }) {
    for (const { component, file, place } of here.tracked.versions) {
      const path = file.path.text;
      if (place.state === 'missing') {
        yield { message: `${component.name.text} has its version in ${path}, which is not there`, at: file.path };
      } else if (place.state === 'absent') {
        yield {
          message: `${component.name.text} has its version in ${path}, but ${place.reason}`,
          at: file.key ?? file.regex ?? file.path,
        };
      }
    }
  },
});
