import { describe, expect, it } from 'vitest';
import { fullRepository, parseReference } from '../../src/image/reference.ts';

const DIGEST = `sha256:${'0'.repeat(64)}`;

describe('parseReference', () => {
  it.each([
    ['nginx', 'nginx', 'nginx', undefined, undefined],
    ['nginx:1.27', 'nginx', 'nginx', '1.27', undefined],
    ['shop/php_fpm:4.99.10.0-wecare', 'shop/php_fpm', 'php_fpm', '4.99.10.0-wecare', undefined],
    ['localhost:5000/web', 'localhost:5000/web', 'web', undefined, undefined],
    ['registry.example.com:5000/a/b/c:v1', 'registry.example.com:5000/a/b/c', 'c', 'v1', undefined],
    ['[2001:db8::1]:5000/web:v1', '[2001:db8::1]:5000/web', 'web', 'v1', undefined],
    [`shop/web@${DIGEST}`, 'shop/web', 'web', undefined, DIGEST],
    [`shop/web:1.2.3@${DIGEST}`, 'shop/web', 'web', '1.2.3', DIGEST],
  ])('%s', (text, repository, name, tag, digest) => {
    expect(parseReference(text)).toEqual({ repository, name, tag, digest });
  });

  it.each([
    '',
    ':1.2.3',
    'shop/web:',
    'Shop',
    'shop/Web:1',
    'shop//web',
    'shop/web:1.2.3+build',
    `shop/web:${'a'.repeat(129)}`,
    `${'a'.repeat(256)}:1`,
    'shop/web@sha256:abc',
    `shop/web@sha256:${'A'.repeat(64)}`,
    `shop/web@sha256:${'a'.repeat(63)}`,
    '0'.repeat(64),
    '$(IMAGE)',
    'https://registry.example.com/web:1',
    'shop/we b',
    '-shop/web',
    'shop/web-',
  ])('refuses %j', text => {
    expect(parseReference(text)).toBeUndefined();
  });
});

describe('fullRepository', () => {
  it.each([
    ['nginx', 'docker.io/library/nginx'],
    ['docker.io/nginx', 'docker.io/library/nginx'],
    ['index.docker.io/library/nginx', 'docker.io/library/nginx'],
    ['shop/web', 'docker.io/shop/web'],
    ['ghcr.io/web', 'ghcr.io/web'],
    ['localhost/web', 'localhost/web'],
  ])('%s is %s', (text, full) => {
    const reference = parseReference(text);
    expect(reference && fullRepository(reference)).toBe(full);
  });
});
