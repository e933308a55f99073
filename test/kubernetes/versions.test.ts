import { describe, expect, it } from 'vitest';
import { compareKubernetes } from '../../src/kubernetes/versions.ts';

describe('compareKubernetes', () => {
  it.each([
    ['1.31', '1.32', 'minor'],
    ['1.31', '1.33', 'skip'],
    ['1.32', '1.31', 'downgrade'],
    ['1.31.4', '1.31.5', 'patch'],
    ['1.31.5', '1.31.4', 'downgrade'],
    ['1.31.4', '1.31.4', 'same'],
    ['1.9', '1.10', 'minor'],
    ['v1.31', 'v1.32', 'minor'],
    ['1.31', 'v1.31', 'same'],
    ['1.31', '1.31.4', 'patch'],
    ['v1.31.4+rke2r1', 'v1.31.4+rke2r2', 'patch'],
    ['v1.31.4+rke2r2', 'v1.31.4+rke2r1', 'downgrade'],
    ['v1.31.4+k3s1', 'v1.32.1+k3s1', 'minor'],
    ['v1.31.4+k3s1', 'v1.31.4+rke2r1', 'patch'],
    ['v1.31.4-rke2r1', 'v1.31.4+rke2r1', 'same'],
    ['1.31.4-do.0', '1.31.4-do.1', 'patch'],
    ['1.31.4-gke.1234000', '1.31.4-gke.1235000', 'patch'],
    ['1.31.4-gke.1234000', '1.32.0-gke.1000000', 'minor'],
    ['1.31.4', '2.0.0', 'skip'],
    ['stable', 'v1.31', 'unknown'],
    ['latest', 'stable', 'unknown'],
    ['stable', 'stable', 'same'],
    ['var.version', '1.31', 'unknown'],
  ])('%s -> %s: %s', (from, to, expected) => {
    expect(compareKubernetes(from, to)).toBe(expected);
  });
});
