import { describe, expect, it } from 'vitest';
import { deadlock } from '../../src/kubernetes/deadlock.ts';
import { objects } from '../support/objects.ts';

function unit(spec: string, modes: string, kind = 'Deployment') {
  return objects(`
apiVersion: apps/v1
kind: ${kind}
metadata: { name: web }
spec:
  ${spec}
  template:
    spec:
      containers: [{ name: web, ports: [{ containerPort: 80 }] }]
      volumes: [{ name: data, persistentVolumeClaim: { claimName: data } }]
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata: { name: data }
spec: { accessModes: [${modes}] }
`);
}

describe('deadlock', () => {
  it.each([
    ['the default strategy at one replica', '', 'ReadWriteOnce', { cause: 'read-write-once', certain: false }],
    ['a volume for one pod', '', 'ReadWriteOncePod', { cause: 'read-write-once-pod', certain: true }],
    ['a shared volume', '', 'ReadWriteMany', undefined],
    ['a volume that may be shared', '', 'ReadWriteOnce, ReadOnlyMany', undefined],
    ['Recreate', 'strategy: { type: Recreate }', 'ReadWriteOnce', undefined],
    ['no surge', 'strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }', 'ReadWriteOnce', undefined],
    ['four replicas, of which one may go', 'replicas: 4', 'ReadWriteOnce', undefined],
    ['no replicas', 'replicas: 0', 'ReadWriteOnce', undefined],
  ])('%s', (_, spec, modes, expected) => {
    const [web, ...rest] = unit(spec, modes);
    const found = web && deadlock(web, rest);
    expect(found && { cause: found.cause, certain: found.certain }).toEqual(expected);
  });

  it('says nothing of a claim that is not in the unit', () => {
    const [web] = unit('', 'ReadWriteOnce');
    expect(web && deadlock(web, [])).toBeUndefined();
  });

  it('asks nothing of a StatefulSet, which has no surge', () => {
    const [web, ...rest] = unit('', 'ReadWriteOnce', 'StatefulSet');
    expect(web && deadlock(web, rest)).toBeUndefined();
  });

  it('sees a port of the node', () => {
    const [web] = objects(`
      apiVersion: apps/v1
      kind: Deployment
      metadata: { name: web }
      spec: { template: { spec: { containers: [{ name: web, ports: [{ containerPort: 80, hostPort: 8080 }] }] } } }`);
    expect(web && deadlock(web, [])).toEqual({
      cause: 'host-port',
      subject: '8080',
      certain: false,
      path: ['spec', 'template', 'spec', 'containers', 0, 'ports', 0, 'hostPort'],
    });
  });
});
