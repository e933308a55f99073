import { describe, expect, it } from 'vitest';
import { facts } from '../support/changes.ts';

const deployment = (image: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: app-web }
spec:
  template:
    spec:
      containers:
        - name: php_fpm
          image: ${image}
`;

describe('the image of a container', () => {
  it.each([
    [
      'shop/php_fpm:4.99.10.0-wecare',
      'shop/php_fpm:4.99.11.0-wecare',
      'image patch shop/php_fpm: 4.99.10.0-wecare -> 4.99.11.0-wecare',
    ],
    [
      'shop/php_fpm:4.99.11.0-wecare',
      'shop/php_fpm:4.99.11.1-wecare',
      'image build shop/php_fpm: 4.99.11.0-wecare -> 4.99.11.1-wecare',
    ],
    [
      'shop/php_fpm:4.99.11.0-wecare',
      'shop/php_fpm:4.100.0.0-wecare',
      'image minor shop/php_fpm: 4.99.11.0-wecare -> 4.100.0.0-wecare',
    ],
    [
      'shop/php_fpm:4.99.11.0-wecare',
      'shop/php_fpm:5.0.0.0-wecare',
      'image major shop/php_fpm: 4.99.11.0-wecare -> 5.0.0.0-wecare',
    ],
    [
      'shop/php_fpm:4.99.11.0-wecare',
      'shop/php_fpm:4.99.9.0-wecare',
      'image downgrade shop/php_fpm: 4.99.11.0-wecare -> 4.99.9.0-wecare',
    ],
    [
      'shop/php_fpm:4.99.11.0-wecare',
      'shop/php_fpm:4.99.11.0-other',
      'image suffix shop/php_fpm: 4.99.11.0-wecare -> 4.99.11.0-other',
    ],
    [
      'shop/php_fpm:4.99.11.0',
      'ghcr.io/me/php_fpm:4.99.11.0',
      'image repository ghcr.io/me/php_fpm: shop/php_fpm:4.99.11.0 -> ghcr.io/me/php_fpm:4.99.11.0',
    ],
    ['shop/php_fpm:1dc0dc0', 'shop/php_fpm:5621277', 'image unordered shop/php_fpm: 1dc0dc0 -> 5621277'],
    ['shop/php_fpm:latest', 'shop/php_fpm:4.99.11.0', 'image pinned shop/php_fpm: latest -> 4.99.11.0'],
    ['shop/php_fpm:4.99.11.0', 'shop/php_fpm', 'image floating shop/php_fpm: 4.99.11.0 -> latest'],
    ['shop/php_fpm:4.99.11.0', 'shop/php_fpm:1dc0dc0', 'image scheme shop/php_fpm: 4.99.11.0 -> 1dc0dc0'],
  ])('%s -> %s', (before, after, expected) => {
    expect(facts(deployment(before), deployment(after))).toEqual([expected]);
  });
});

describe('the image of an ImageStream', () => {
  const stream = (name: string) => `
apiVersion: image.openshift.io/v1
kind: ImageStream
metadata: { name: api }
spec: { tags: [{ name: latest, from: { kind: DockerImage, name: ${name} } }] }
`;

  it('is sized as that of a container is', () => {
    expect(facts(stream('quay.io/shop/api:v1.4.2'), stream('quay.io/shop/api:v2.0.0'))).toEqual([
      'image major quay.io/shop/api: v1.4.2 -> v2.0.0',
    ]);
  });
});
