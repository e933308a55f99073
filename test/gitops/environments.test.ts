import { describe, expect, it } from 'vitest';
import { DEFAULTS } from '../../src/config/config.ts';
import { clientOf, environmentOf, foldersInEnvironment, namesInEnvironment } from '../../src/gitops/environments.ts';

const words = DEFAULTS.environments;

describe('environmentOf', () => {
  it.each([
    ['a folder', '', 'clients/shop/overlays/prod', undefined, undefined, 'production'],
    ['the folder nearest to the leaf', '', 'staging/clusters/prod/shop', undefined, undefined, 'production'],
    ['a folder before a word of the name', 'live-chat', 'live-chat/overlays/staging', undefined, undefined, 'staging'],
    ['the name', 'shop-prod', 'clients/shop', undefined, undefined, 'production'],
    ['the last word of the name', 'prod-test', 'shop', undefined, undefined, 'development'],
    ['a word of a folder', '', 'clusters/eu-prod-1/shop', undefined, undefined, 'production'],
    ['the place of the manifest', 'shop', 'shop', 'argocd/prod/shop.yaml', undefined, 'production'],
    ['the namespace', 'shop', 'shop', 'argocd/shop.yaml', 'shop-staging', 'staging'],
    ['upper case', '', 'overlays/PROD', undefined, undefined, 'production'],
    ['nothing', 'shop', 'shop', 'argocd/shop.yaml', 'shop', 'unknown'],
    ['no part of a word', 'product', 'reproduction/stages', undefined, undefined, 'unknown'],
    ['a word in two parts', 'shop-pre-prod', 'shop', undefined, undefined, 'staging'],
    ['a negated word', 'shop-non-prod', 'shop', undefined, undefined, 'unknown'],
  ])('goes by %s', (_what, name, folder, file, namespace, expected) => {
    expect(environmentOf({ name, folders: [folder], file, namespace }, words)).toBe(expected);
  });
});

describe('clientOf', () => {
  it.each([
    ['apps/acme-clients/northwind/shop4/overlays/prod', 'northwind', 'shop4'],
    ['clients/client-00001/overlays/prod', 'client-00001', undefined],
    ['tenants/northwind/apps/shop/staging', 'northwind', 'shop'],
    ['customers/northwind', 'northwind', undefined],
    ['clients/base', undefined, undefined],
    ['platform/ingress/overlays/prod', undefined, undefined],
    ['api-clients.yaml/x', undefined, undefined],
  ])('%s', (folder, client, app) => {
    expect(clientOf(folder, words)).toEqual({ client, app });
  });
});

describe('the same thing in another environment', () => {
  it('replaces one word of the path by each word of the environment', () => {
    expect(foldersInEnvironment('clients/shop/overlays/prod', 'staging', words)).toEqual([
      'clients/shop/overlays/staging',
      'clients/shop/overlays/stage',
      'clients/shop/overlays/stg',
      'clients/shop/overlays/preprod',
      'clients/shop/overlays/uat',
    ]);
  });

  it('replaces a word inside a name', () => {
    expect(namesInEnvironment('shop-prod.eu', 'staging', words)).toContain('shop-staging.eu');
    expect(namesInEnvironment('shop-staging', 'staging', words)).toEqual([]);
    expect(namesInEnvironment('shop', 'unknown', words)).toEqual([]);
  });
});
