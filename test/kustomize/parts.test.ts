import { describe, expect, it } from 'vitest';
import { goString } from '../../src/kustomize/go-json.ts';
import { matchesLabels, parseLabelSelector } from '../../src/kustomize/label-selector.ts';
import { isWithin, resolvePath } from '../../src/kustomize/paths.ts';
import { splitFieldPath } from '../../src/kustomize/replacement-path.ts';
import * as fc from '../support/properties.ts';

describe('parseLabelSelector', () => {
  const labels = new Map([
    ['app', 'web'],
    ['tier', 'front'],
    ['size', '5'],
  ]);

  it.each<[selector: string, matches: boolean | undefined]>([
    ['app=web', true],
    ['app==web,tier=front', true],
    ['app=web,tier=back', false],
    ['app!=web', false],
    ['other!=web', true],
    ['app', true],
    ['!app', false],
    ['!other', true],
    ['tier in (front, back)', true],
    ['tier notin (front,back)', false],
    ['other notin (a)', true],
    ['size>4', true],
    ['size<5', false],
    ['app=', false],
    ['a in b', undefined],
    ['a in (b', undefined],
    ['=b', undefined],
    ['a b', undefined],
  ])('%s', (selector, matches) => {
    const parsed = parseLabelSelector(selector);
    expect(parsed && matchesLabels(parsed, labels)).toBe(matches);
  });
});

describe('goString writes strings as Go does', () => {
  it.each([
    ['plain', '"plain"'],
    ['a<b>&c', '"a\\u003cb\\u003e\\u0026c"'],
    ['\u2028\u2029', '"\\u2028\\u2029"'],
    ['tab\tline\n"quoted"\\', '"tab\\tline\\n\\"quoted\\"\\\\"'],
    ['\u0001\u007f', '"\\u0001\u007f"'],
    ['ü😀', '"ü😀"'],
  ])('%j', (text, json) => {
    expect(goString(text)).toBe(json);
  });

  it('and stays JSON of the same string', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), text => JSON.parse(goString(text)) === text));
  });
});

describe('resolvePath', () => {
  it.each<[folder: string, text: string, path: string | undefined]>([
    ['a/b', '../c', 'a/c'],
    ['a/b', './c/', 'a/b/c'],
    ['a', '..', ''],
    ['', 'x//y', 'x/y'],
    ['a', '../..', undefined],
    ['a', '/x', undefined],
    ['a', '~/x', undefined],
    ['a', 'b/../../../x', undefined],
  ])('%s + %s', (folder, text, path) => {
    expect(resolvePath(folder, text)).toBe(path);
  });

  it('never has a way up or an empty step left', () => {
    const step = fc.constantFrom('a', 'b', '..', '.', '');
    fc.assert(
      fc.property(fc.array(step), fc.array(step), (folder, text) => {
        const base = folder.filter(part => part === 'a' || part === 'b').join('/');
        const path = resolvePath(base, text.join('/'));
        return path === undefined || path === '' || path.split('/').every(part => part === 'a' || part === 'b');
      }),
    );
  });

  it('isWithin goes by steps', () => {
    expect([isWithin('ab', 'a'), isWithin('a/b', 'a'), isWithin('a', 'a'), isWithin('x', '')]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});

describe('splitFieldPath', () => {
  it.each<[path: string, steps: string[]]>([
    ['spec.template.spec', ['spec', 'template', 'spec']],
    ['containers.[name=app].image', ['containers', '[name=app]', 'image']],
    ['containers.[image=a.b/c].image', ['containers', '[image=a.b/c]', 'image']],
    ['annotations.[example.com/x]', ['annotations', 'example.com/x']],
    ['annotations.example\\.com/x', ['annotations', 'example.com/x']],
    ['list.0.*', ['list', '0', '*']],
  ])('%s', (path, steps) => {
    expect(splitFieldPath(path)).toEqual(steps);
  });
});
