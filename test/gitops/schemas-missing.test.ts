import { expect, it } from 'vitest';
import { schemasFor } from '../../src/gitops/schemas.ts';
import { objects } from '../support/objects.ts';

it('says which file is missing where the program stands without its schemas', async () => {
  const pods = objects('{apiVersion: v1, kind: Pod, metadata: {name: a}}');
  await expect(schemasFor(pods, '/nowhere')).rejects.toMatchObject({
    message: '/nowhere/schemas/kubernetes/kubernetes.json is missing',
    hint: 'Install deploy-lint anew: the folder schemas stands beside dist.',
    exitCode: 3,
  });
});
