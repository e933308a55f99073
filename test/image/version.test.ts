import { describe, expect, it } from 'vitest';
import { parseReference } from '../../src/image/reference.ts';
import { compareImages, compareTags, type ImageMove } from '../../src/image/version.ts';
import * as fc from '../support/properties.ts';

describe('compareTags', () => {
  it.each([
    ['4.99.10.0-wecare', '4.99.11.0-wecare', { move: 'patch' }],
    ['4.99.11.0-wecare', '4.99.11.1-wecare', { move: 'build' }],
    ['4.99.11.0-wecare', '4.100.0.0-wecare', { move: 'minor' }],
    ['4.99.11.0-wecare', '5.0.0.0-wecare', { move: 'major' }],
    ['4.99.11.0-wecare', '4.99.11.0-othershop', { move: 'suffix', fromSuffix: 'wecare', toSuffix: 'othershop' }],
    [
      '4.99.11.0-wecare',
      '5.0.0.0-othershop',
      { move: 'suffix', fromSuffix: 'wecare', toSuffix: 'othershop', versionMove: 'major' },
    ],
    ['5.7', '8.0-debian', { move: 'suffix', fromSuffix: '', toSuffix: 'debian', versionMove: 'major' }],
    [
      '2.0.0-shop2',
      '1.0.0-shop1',
      { move: 'suffix', fromSuffix: 'shop2', toSuffix: 'shop1', versionMove: 'downgrade' },
    ],
    ['6.5-php8.2', '6.5-php8.3', { move: 'suffix', fromSuffix: 'php8.2', toSuffix: 'php8.3' }],
    ['2024.1.0-jdk17', '2024.1.0-jdk21', { move: 'suffix', fromSuffix: 'jdk17', toSuffix: 'jdk21' }],
    ['3.13-bookworm', '3.14-trixie', { move: 'minor' }],
    ['3.13-bookworm', '3.13-alpine', { move: 'suffix', fromSuffix: 'bookworm', toSuffix: 'alpine' }],
    ['6.1.6-24.0.5', '6.1.4-24.0.1', { move: 'downgrade', downgradeSize: 'patch' }],
    ['v1-1155249', 'v1-5170a36', { move: 'build' }],
    ['v20190816-v0.6.0-rc.0-57-g1d4b59c1', 'v20190822-v0-68-g127e6006-dirty', { move: 'patch', calendar: true }],
    ['sha-fbbfcdc', 'sha-0099de8', { move: 'unordered' }],
    ['sha-6292501', 'sha-3445dff', { move: 'unordered' }],
    ['wecare-6292501', 'wecare-3445dff', { move: 'unordered' }],
    ['6292501-amd64', '3445dff-amd64', { move: 'unordered' }],
    ['mifosweb-11ce49c', 'dc9ade2', { move: 'scheme' }],
    ['latest-24.0.5', '5.9.0', { move: 'pinned' }],
    ['0.0.0-20220426-15-32-36', '0.0.0-20220504-13-23-32', { move: 'build' }],
    ['4.99.11.0-wecare', '4.99.11.0', { move: 'suffix', fromSuffix: 'wecare', toSuffix: '' }],
    ['4.99.11.0-shop1', '4.99.11.0-shop2', { move: 'suffix', fromSuffix: 'shop1', toSuffix: 'shop2' }],
    ['4.99.11.0-wecare', '4.99.12-wecare', { move: 'scheme' }],
    ['4.99.11.0-wecare', '5.0.0-wecare', { move: 'major' }],
    ['4.99.11.0-wecare', '4.99.9.0-wecare', { move: 'downgrade', downgradeSize: 'patch' }],
    ['5.0.0.0-wecare', '4.99.9.0-wecare', { move: 'downgrade', downgradeSize: 'major' }],
    ['4.99.11.1-wecare', '4.99.11.0-wecare', { move: 'downgrade', downgradeSize: 'build' }],
    ['8.2-fpm-alpine3.19', '8.3-fpm-alpine3.20', { move: 'minor' }],
    ['8.2-fpm-alpine3.19', '8.2-fpm-alpine3.20', { move: 'build' }],
    ['8.2-fpm-alpine3.20', '8.2-fpm-alpine3.19', { move: 'downgrade', downgradeSize: 'build' }],
    [
      '8.2-fpm-alpine3.19',
      '8.2-cli-alpine3.19',
      { move: 'suffix', fromSuffix: 'fpm-alpine3.19', toSuffix: 'cli-alpine3.19' },
    ],
    [
      '8.2-fpm-alpine3.19',
      '8.2-fpm-bookworm',
      { move: 'suffix', fromSuffix: 'fpm-alpine3.19', toSuffix: 'fpm-bookworm' },
    ],
    ['v1.2.3', '1.2.3', { move: 'same' }],
    ['v1.2.3', '1.2.4', { move: 'patch' }],
    ['0.4.1', '0.5.0', { move: 'minor', zeroMajor: true }],
    ['0.4.1', '0.4.2', { move: 'patch' }],
    ['0.5.0', '0.4.1', { move: 'downgrade', downgradeSize: 'minor' }],
    ['0.9.0', '1.0.0', { move: 'major' }],
    ['2024.12.1', '2025.1.0', { move: 'minor', calendar: true }],
    ['2024.12.1', '2024.12.2', { move: 'patch', calendar: true }],
    ['2025.1.0', '2024.12.1', { move: 'downgrade', downgradeSize: 'minor', calendar: true }],
    ['20240131', '20240201', { move: 'minor', calendar: true }],
    ['2024-01-31-alpine', '2024-02-01-alpine', { move: 'minor', calendar: true }],
    ['20240131123456', '20240131123457', { move: 'build', calendar: true }],
    ['RELEASE.2024-01-31T20-20-33Z', 'RELEASE.2024-01-31T20-21-00Z', { move: 'build', calendar: true }],
    ['1.2.3', 'sha-abc1234', { move: 'scheme' }],
    ['1.2.3', '7cda0eb785cbfa8e88849aca0e6de5426646753e', { move: 'scheme' }],
    ['7cda0eb', 'ff1c746', { move: 'unordered' }],
    ['7cda0eb', '5621277', { move: 'unordered' }],
    ['5621277', '5621278', { move: 'unordered' }],
    ['sha-7cda0eb', '7cda0ec', { move: 'unordered' }],
    ['main-7cda0eb', 'main-ff1c746', { move: 'unordered' }],
    ['master-20240101-7cda0eb', 'master-20240102-ff1c746', { move: 'unordered' }],
    ['master-20240101-abc', 'master-20240102-def', { move: 'unordered' }],
    ['main-77', 'main-78', { move: 'unordered' }],
    ['wecare-7cda0eb', 'othershop-ff1c746', { move: 'suffix', fromSuffix: 'wecare', toSuffix: 'othershop' }],
    ['7cda0eb-amd64', 'ff1c746-amd64', { move: 'unordered' }],
    ['build-77', 'build-78', { move: 'build' }],
    ['1042', '1043', { move: 'build' }],
    ['1043', '1042', { move: 'downgrade', downgradeSize: 'build' }],
    ['15', '16', { move: 'major' }],
    ['15-alpine', '16-alpine', { move: 'major' }],
    ['15-alpine', '16.2-alpine', { move: 'major' }],
    ['1.27', '1.27.3', { move: 'pinned' }],
    ['1.27.3', '1.27', { move: 'floating' }],
    ['1.27', '1.28.3', { move: 'minor' }],
    ['v0.2.15', 'v0.2.15.3', { move: 'build' }],
    ['v0.2.15.3', 'v0.2.16', { move: 'patch' }],
    ['0.1.1.2', '0.2.0', { move: 'minor', zeroMajor: true }],
    ['v0.2.15.3', 'v0.2.15', { move: 'downgrade', downgradeSize: 'build' }],
    ['1.2.3-rc.1', '1.2.3-rc.2', { move: 'patch' }],
    ['1.2.3-rc.10', '1.2.3-rc.9', { move: 'downgrade', downgradeSize: 'patch' }],
    ['1.2.3-rc.1', '1.2.3', { move: 'patch' }],
    ['1.2.3', '1.2.3-rc.1', { move: 'downgrade', downgradeSize: 'patch' }],
    ['1.2.3rc1-slim', '1.2.4-slim', { move: 'patch' }],
    ['1.2.3-alpine', '1.2.4-alpine', { move: 'patch' }],
    ['3.13.0b1', '3.13.0', { move: 'patch' }],
    ['v1.30.4-rke2r1', 'v1.30.4-rke2r2', { move: 'build' }],
    ['v1.2.3-14-g1a2b3c4', 'v1.2.3-15-g5d6e7f8', { move: 'build' }],
    ['1.2.3-1a2b3c4', '1.2.3-5d6e7f8', { move: 'build' }],
    ['11.4.5-debian-12-r3', '11.4.5-debian-12-r4', { move: 'build' }],
    ['controller-v1.9.0', 'controller-v1.10.0', { move: 'minor' }],
    ['jdk17', 'jdk21', { move: 'major' }],
    ['latest', '1.2.3', { move: 'pinned' }],
    ['1.2.3', 'latest', { move: 'floating' }],
    ['7cda0eb', 'dev', { move: 'floating' }],
    ['latest', 'stable', { move: 'unordered' }],
    ['latest-alpine', 'stable-alpine', { move: 'unordered' }],
    [undefined, 'latest', { move: 'same' }],
    [undefined, '1.2.3', { move: 'pinned' }],
    ['blue', 'green', { move: 'unordered' }],
    ['blue', '1.2.3', { move: 'scheme' }],
    ['99999999999999999999.0.0', '100000000000000000000.0.0', { move: 'major' }],
  ] as const)('%s -> %s', (from, to, expected) => {
    expect(compareTags(from, to)).toEqual(expected);
  });

  const versions = fc
    .tuple(fc.array(fc.nat(2000), { minLength: 3, maxLength: 4 }), fc.constantFrom('', '-wecare', '-fpm-alpine3.19'))
    .map(([parts, suffix]) => ({ text: parts.join('.') + suffix, parts, suffix }))
    .filter(({ parts: [first = 0] }) => first < 2000);

  it('says downgrade for exactly the reverse of a step up', () => {
    fc.assert(
      fc.property(versions, versions, (a, b) => {
        const forward = compareTags(a.text, b.text);
        const back = compareTags(b.text, a.text);
        if (forward.downgradeSize !== undefined) expect(back.move).toBe(forward.downgradeSize);
        if (['major', 'minor', 'patch', 'build'].includes(forward.move)) expect(back.downgradeSize).toBe(forward.move);
      }),
    );
  });

  it('answers for any two texts', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(compareTags(a, b).move).toBeTypeOf('string');
        expect(compareTags(a, a)).toEqual({ move: 'same' });
      }),
    );
  });
});

describe('compareImages', () => {
  const A = `sha256:${'a'.repeat(64)}`;
  const B = `sha256:${'b'.repeat(64)}`;

  it.each<[string, string, ImageMove]>([
    ['shop/web:1.2.3', 'shop/web:1.2.4', { move: 'patch' }],
    ['nginx:1.27.0', 'docker.io/library/nginx:1.27.0', { move: 'same' }],
    ['shop/web:1.2.3', 'ghcr.io/shop/web:1.2.3', { move: 'repository' }],
    ['shop/web:1.2.3', 'ghcr.io/shop/web:2.0.0', { move: 'repository', tagMove: { move: 'major' } }],
    [`shop/web@${A}`, `shop/web@${B}`, { move: 'digest' }],
    [`shop/web:1.2.3@${A}`, `shop/web:1.2.3@${B}`, { move: 'digest' }],
    [`shop/web:1.2.3@${A}`, `shop/web:2.0.0@${B}`, { move: 'major' }],
    [`shop/web:1.2.3@${A}`, `shop/web:2.0.0@${A}`, { move: 'same', tagMove: { move: 'major' }, digestUnchanged: true }],
    [`shop/web:1.2.3`, `shop/web:1.2.3@${A}`, { move: 'pinned' }],
    [`shop/web:1.2.3@${A}`, `shop/web:1.2.3`, { move: 'digest' }],
    [`shop/web:latest`, `shop/web@${A}`, { move: 'pinned' }],
    [`shop/web@${A}`, `shop/web:latest`, { move: 'floating' }],
    [`shop/web@${A}`, `shop/web`, { move: 'floating' }],
    [`shop/web:1.2.3`, `shop/web@${A}`, { move: 'scheme' }],
    [`shop/web:1.2.3`, `shop/web:1.3.0@${A}`, { move: 'minor' }],
  ])('%s -> %s', (from, to, expected) => {
    const [a, b] = [parseReference(from), parseReference(to)];
    if (a === undefined || b === undefined) throw new Error('not a reference');
    expect(compareImages(a, b)).toEqual(expected);
  });
});
