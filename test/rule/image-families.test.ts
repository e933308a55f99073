import { describe, expect, it } from 'vitest';
import { parseReference } from '../../src/image/reference.ts';
import { matchesGlob, membership } from '../../src/rule/image-families.ts';

function member(image: string, configured: string[][] = []) {
  const reference = parseReference(image);
  return reference && membership(reference, configured);
}

describe('the family of an image by its name', () => {
  it.each([
    ['shop/site-php_fpm:1.0', 'shop/site', 'php_fpm'],
    ['shop/site-php_cli:1.0', 'shop/site', 'php_cli'],
    ['shop/site_php-fpm', 'shop/site', 'php-fpm'],
    ['shop/site-fpm', 'shop/site', 'fpm'],
    ['registry.example:5000/shop/site-worker', 'registry.example:5000/shop/site', 'worker'],
    ['shop/my-web-cron', 'shop/my-web', 'cron'],
  ])('%s is the %s that plays %s', (image, family, role) => {
    expect(member(image)).toEqual({ family, role, plain: false });
  });

  it('is in doubt for a name without a role', () => {
    expect(member('shop/site')).toEqual({ family: 'shop/site', role: 'site', plain: true });
    expect(member('shop/website')).toMatchObject({ plain: true });
  });

  it.each(['nginx', 'library/nginx', 'shop/php-fpm', 'shop/cli'])('does not exist for %s, which is all role', image => {
    expect(member(image)).toBeUndefined();
  });

  it('differs between registries', () => {
    expect(member('a.example/site-web')?.family).not.toBe(member('b.example/site-web')?.family);
  });
});

describe('a configured family', () => {
  const families = [['shop/storefront', '*/jobs'], ['tools/*']];

  it('is the first with a glob that matches, and replaces the default', () => {
    expect(member('shop/storefront', families)?.family).toBe(member('shop/jobs:2', families)?.family);
    expect(member('tools/jobs', families)?.family).toBe('0');
    expect(member('tools/a', families)?.family).toBe('1');
    expect(member('shop/site-php_fpm', families)).toBeUndefined();
  });
});

describe('a glob', () => {
  it.each([
    ['shop/site', 'shop/site', true],
    ['shop/site', 'shop/sit', false],
    ['shop/site-php_fpm', '*-php_fpm', true],
    ['registry.example/shop/site', 'registry.example/*', true],
    ['shop/site', '*', true],
    ['ab', 'ab*b', false],
    ['abb', 'ab*b', true],
    ['a-x-b-y-c', 'a*x*y*c', true],
    ['a-y-b-x-c', 'a*x*y*c', false],
    ['shop.site', 'shop?site', false],
    ['shopxsite', 'shop.site', false],
  ])('%s against %s is %s', (text, glob, expected) => {
    expect(matchesGlob(text, glob)).toBe(expected);
  });
});
