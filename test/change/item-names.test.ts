import { expect, test } from 'vitest';
import { told } from '../../src/change/item-names.ts';
import { Source } from '../../src/yaml/node.ts';
import { parse } from '../../src/yaml/parse.ts';

test.each([
  ['by its name', 'ports: [{ name: http }, { name: metrics }]', ['ports', 1, 'port'], 'ports[metrics].port'],
  [
    'by the first field in which they differ',
    'elements: [{ kind: app, cluster: eu }, { kind: app, cluster: us }]',
    ['elements', 1],
    'elements[cluster=us]',
  ],
  ['the only one by its name', 'ports: [{ name: http }]', ['ports', 0], 'ports[http]'],
  ['the only one by nothing else', 'rules: [{ host: a.example }]', ['rules', 0], 'rules[0]'],
  ['not by a name that two have', 'ports: [{ name: a }, { name: a }]', ['ports', 1], 'ports[1]'],
  ['not by the field that is told of', 'paths: [{ path: / }, { path: /a }]', ['paths', 0, 'path'], 'paths[0].path'],
  ['not by a credential', 'users: [{ password: x }, { password: y }]', ['users', 0], 'users[0]'],
  ['not by what is long', `notes: [{ text: ${'x'.repeat(41)} }]`, ['notes', 0], 'notes[0]'],
  ['not where there is but a value', 'hosts: [a, b]', ['hosts', 1], 'hosts[1]'],
  ['below another key', 'spec: { "a.b": 1 }', ['spec', 'a.b'], 'spec."a.b"'],
])('%s', (_name, text, path, expected) => {
  const [root] = parse(new Source('a.yaml', text), 'kubectl').documents;
  expect(root && told(root, path)).toBe(expected);
});
