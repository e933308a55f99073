import { describe, expect, it } from 'vitest';
import { isTemplated } from '../../src/yaml/template.ts';

describe('A22 isTemplated', () => {
  it.each([
    ['a value', 'a: {{ .Values.a }}\n'],
    ['an item', '- {{ .Values.a }}\n'],
    ['a key', 'a:\n  {{ .Values.a }}: b\n'],
    ['a line', 'a: 1\n{{ include "labels" . | nindent 2 }}\n'],
    ['a condition', '{{- if .Values.a }}\na: 1\n{{- end }}\n'],
    ['a condition in the middle of a line', 'a: x{{ if .Values.a }}y{{ end }}\n'],
    ['Jinja', 'a: 1\n{% if b %}\nb: 1\n{% endif %}\n'],
    ['a comment of Jinja', '{\n{# c #}\n"a": "{{ b }}"\n}\n'],
    ['after a block scalar', 'a: |\n  {{ .V }}\n{{ .V }}\n'],
    ['after quotes over lines', 'a: "x\n  y"\n{{ .V }}\n'],
  ])('sees %s', (_, text) => {
    expect(isTemplated(text)).toBe(true);
  });

  it.each([
    ['nothing', 'a: b\n'],
    ['quotes', 'a: "{{ .V }}"\nb: \'{{- if }}\'\n'],
    ['escaped quotes', 'a: "x \\"{{- if }}\\" y"\n'],
    ['quotes over lines', 'a: "x\n  {{- if }}\n  y"\n'],
    ['a literal block', 'a: |\n  {{- if .V }}\n\n  {{ .V }}\nb: c\n'],
    ['a folded block with a comment', 'a: >- # c\n  {{- if .V }}\n'],
    ['a comment', '# {{- if .V }}\na: b # {% if %}\n'],
    ['the middle of a text', 'a: cluster-{{name}}\nb: apps/{{ .name }}\n'],
    ['a text over lines', 'a: errors of {{ $value }} in\n  {{ $labels.pod }}, {{ $labels.job }}\n'],
    ['a flow mapping', 'a: {b: {c: d}}\n'],
  ])('lets %s be', (_, text) => {
    expect(isTemplated(text)).toBe(false);
  });
});
