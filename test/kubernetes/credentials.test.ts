import { describe, expect, it } from 'vitest';
import {
  credentialIn,
  isPlaceholder,
  looksRandom,
  namesCredential,
  urlPasswords,
} from '../../src/kubernetes/credentials.ts';

/** Made up for these tests; written in parts, so that no scanner takes them for real. */
const letters = (length: number) => 'a1B2c3D4e5F6g7H8i9J0'.repeat(5).slice(0, length);

describe('credentialIn', () => {
  it.each([
    ['an AWS access key', `key = AKIA${'QYLPMN5HFIQR7XYA'}`],
    ['a GitHub token', `ghp_${letters(36)}`],
    ['a GitLab token', `glpat-${letters(20)}`],
    ['a Slack token', `xoxb-1${letters(40)}`],
    ['a Stripe key', `sk_live_${letters(24)}`],
    ['a Google API key', `AIza${letters(35)}`],
    ['an npm token', `//registry/:_authToken=npm_${letters(36)}`],
    ['a private key', `-----BEGIN RSA PRIVATE KEY-----\n${letters(64)}\n${letters(64)}\n`],
    ['a private key', `-----BEGIN EC PRIVATE KEY-----\\n${letters(64)}\\n${letters(64)}`],
  ])('%s', (what, text) => {
    expect(credentialIn(text)).toBe(what);
  });

  it.each([
    ['the access key of the manuals', 'AKIAIOSFODNN7EXAMPLE'],
    ['a certificate', `-----BEGIN CERTIFICATE-----\n${letters(80)}`],
    ['a private key that is left out', '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----'],
    ['a digest', 'sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0'],
    ['a key of the test mode', `sk_test_${letters(24)}`],
  ])('%s is none', (_, text) => {
    expect(credentialIn(text)).toBeUndefined();
  });
});

describe('urlPasswords', () => {
  it.each([
    ['postgres://shop:hunter22@db:5432/shop', ['hunter22']],
    ['redis://:hunter22@cache', ['hunter22']],
    ['one https://a:b1@x.example and two amqp://c:d2@[::1]/', ['b1', 'd2']],
    ['https://shop.example/@user:name', []],
    ['user@shop.example', []],
  ])('%s', (text, passwords) => {
    expect(urlPasswords(text)).toEqual(passwords);
  });
});

describe('isPlaceholder', () => {
  it.each([
    '',
    'changeme',
    'CHANGE_ME_NOW',
    'REPLACE_WITH_TOKEN',
    'your-token-here',
    'xxxxxxxx',
    '<password>',
    '${DB_PASSWORD}',
    '$(DB_PASSWORD)',
    '{{ .Values.password }}',
    'vault:secret/data/shop#password',
    'ENC[AES256_GCM,data:p673w==]',
    'dummyClientSecret',
    'rehearsal-throwaway',
    'ZXhhbXBsZS1hcHAtc2VjcmV0', // example-app-secret
    'shop-db-credentials',
    '$2y$12$4K/VkmDd1q1Orb3xAt82zu8gk7Ad6ReFR4LCP9UeYE90NLiN9Df72',
  ])('%s', value => {
    expect(isPlaceholder(value)).toBe(true);
  });

  it.each(['hunter22', 'q7Rz2vX9pL4mT8wK', 'aHVudGVyMjI=', 'correct horse battery staple'])('%s is a value', value => {
    expect(isPlaceholder(value)).toBe(false);
  });
});

describe('looksRandom', () => {
  it.each(['q7Rz2vX9pL4mT8wK', '9f86d081884c7d659a2feaa0c55ad015', 'x8Jq-Pw3zL_5vRt9sB'])('%s', value => {
    expect(looksRandom(value)).toBe(true);
  });

  it.each(['postgres', 'minio123', 'aaaaaaaaaaaaaaaaaaaaaaaa', '/etc/Tokens/v1/key0', 'https://Shop1.example/a'])(
    '%s does not',
    value => {
      expect(looksRandom(value)).toBe(false);
    },
  );
});

describe('namesCredential', () => {
  it.each(['password', 'DB_PASSWORD', 'secretkey', 'clientSecret', 'AWS_SECRET_ACCESS_KEY', 'api-key', '.htpasswd'])(
    '%s',
    name => {
      expect(namesCredential(name)).toBe(true);
    },
  );

  it.each(['PASSWORD_FILE', 'SECRET_NAME', 'TOKEN_ISSUER', 'username', 'tls.crt', 'MONKEY'])('%s does not', name => {
    expect(namesCredential(name)).toBe(false);
  });
});
