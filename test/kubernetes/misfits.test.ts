import { readFileSync } from 'node:fs';
import { Pod } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { customSchema } from '../../src/kubernetes/custom-schema.ts';
import { fieldPath } from '../../src/kubernetes/field-path.ts';
import { misfits } from '../../src/kubernetes/misfits.ts';
import { openSchema } from '../../src/kubernetes/schema.ts';
import { object } from '../support/objects.ts';
import * as fc from '../support/properties.ts';

const text = readFileSync(new URL('../../schemas/kubernetes/kubernetes.json', import.meta.url), 'utf8');
const kubernetes = openSchema(text, 'kubernetes');

function found(yaml: string, table: string, schema = kubernetes): string[] {
  const { root } = object(yaml);
  return misfits(root, schema, table).map(misfit => `${misfit.kind} ${fieldPath(root, misfit.path)}`);
}

const pod = (spec: string) => `{ apiVersion: v1, kind: Pod, metadata: { name: a }, spec: ${spec} }`;

describe('misfits', () => {
  it.each([
    ['{ containers: [] }', []],
    ['{ containers: null }', ['missing-field spec']],
    ['{ containers: {} }', ['wrong-type spec.containers']],
    ['{ containers: [{ name: web, imagee: x }] }', ['unknown-field spec.containers[web].imagee']],
    ['{ containers: [{ name: web, tty: "true" }] }', ['wrong-type spec.containers[web].tty']],
    [
      '{ containers: [{ name: web, ports: [{ containerPort: 80.5 }] }] }',
      ['wrong-type spec.containers[web].ports[0].containerPort'],
    ],
    ['{ containers: [], nodeSelector: { gpu: true } }', ['wrong-type spec.nodeSelector.gpu']],
    ['{ containers: [], restartPolicy: never }', ['unknown-word spec.restartPolicy']],
    ['{ containers: [], restartPolicy: "" }', []],
    ['{ containers: [], priority: "${PRIORITY}" }', []],
    ['{ containers: [], __proto__: 1 }', ['unknown-field spec.__proto__']],
    ['{ containers: [], constructor: 1 }', ['unknown-field spec.constructor']],
  ])('%s', (spec, expected) => {
    expect(found(pod(spec), 'v1/Pod')).toEqual(expected);
  });

  it('leaves out what SOPS has written into the object', () => {
    const secret = '{ apiVersion: v1, kind: Secret, metadata: { name: a }, stringData: {}, sops: { version: 3.9.0 } }';
    expect(found(secret, 'v1/Secret')).toEqual([]);
  });

  it('agrees with the validation of kubernetes-models about types, words and required fields', () => {
    const value = fc.oneof(
      fc.constantFrom('Always', 'Never', 'x', '80'),
      fc.integer({ min: 0, max: 99 }),
      fc.boolean(),
    );
    const container = fc.record(
      {
        name: value,
        image: value,
        imagePullPolicy: value,
        tty: value,
        args: fc.oneof(value, fc.array(value, { maxLength: 2 })),
        ports: fc.array(fc.record({ containerPort: value, hostPort: value }, { requiredKeys: [] }), { maxLength: 2 }),
        env: fc.array(fc.record({ name: value, value }, { requiredKeys: [] }), { maxLength: 2 }),
        livenessProbe: fc.record({ httpGet: fc.record({ port: value, path: value }, { requiredKeys: [] }) }),
      },
      { requiredKeys: [] },
    );
    const spec = fc.record(
      { containers: fc.array(container, { maxLength: 2 }), hostNetwork: value, restartPolicy: value, priority: value },
      { requiredKeys: [] },
    );
    expect(isValid({ apiVersion: 'v1', kind: 'Pod', spec: { containers: [{ name: 'a' }] } })).toBe(true);
    fc.assert(
      fc.property(spec, generated => {
        const manifest = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: generated };
        const ours = found(JSON.stringify(manifest), 'v1/Pod');
        expect(ours.length === 0).toBe(isValid(manifest));
      }),
      { numRuns: 300 },
    );
  });
});

function isValid(manifest: unknown): boolean {
  const model = Object.assign(Object.create(Pod.prototype), manifest);
  try {
    model.validate();
    return true;
  } catch {
    return false;
  }
}

describe('customSchema', () => {
  const schema = customSchema(
    object(`
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: shops.example.com }
spec:
  group: example.com
  names: { kind: Shop }
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          required: [spec]
          properties:
            spec:
              type: object
              required: [currency, size]
              properties:
                currency: { type: string, enum: [EUR, USD] }
                size: { type: integer, default: 1 }
                port: { x-kubernetes-int-or-string: true }
                extra: { type: object, x-kubernetes-preserve-unknown-fields: true }
                open: { type: object, x-kubernetes-preserve-unknown-fields: true, properties: { a: { type: string } } }
                labels: { type: object, additionalProperties: { type: string } }
                items: { type: array, items: { type: object, properties: { name: { type: string } } } }
`),
  );

  it.each([
    ['{ currency: EUR }', []],
    ['{}', ['missing-field spec']],
    ['{ currency: DM }', ['unknown-word spec.currency']],
    ['{ currency: EUR, port: http }', []],
    ['{ currency: EUR, port: true }', ['wrong-type spec.port']],
    ['{ currency: EUR, extra: { anything: 1 } }', []],
    ['{ currency: EUR, open: { a: 1, b: 1 } }', ['wrong-type spec.open.a']],
    ['{ currency: EUR, labels: { a: 1 } }', ['wrong-type spec.labels.a']],
    ['{ currency: EUR, items: [{ name: a, nam: b }] }', ['unknown-field spec.items[a].nam']],
  ])('%s', (spec, expected) => {
    expect(
      found(
        `{ apiVersion: example.com/v1, kind: Shop, metadata: { name: a }, spec: ${spec} }`,
        'example.com/v1/Shop',
        schema,
      ),
    ).toEqual(expected);
  });
});
