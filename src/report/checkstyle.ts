import { fileWithoutPlace, remarksOf, textOf } from './remark.ts';
import type { Result } from './result.ts';
import { attributes } from './xml.ts';

/** Checkstyle's XML, which most dashboards read: one `file` a path, in the order of the worst remark. */
export function reportCheckstyle(result: Result): string {
  const files = new Map<string, string[]>();
  for (const remark of remarksOf(result)) {
    const { rule, severity, place } = remark;
    const file = place?.file ?? fileWithoutPlace(result);
    const error = attributes({
      line: place?.line ?? 1,
      column: place?.column ?? 1,
      severity,
      message: textOf(remark),
      source: `deploy-lint.${rule}`,
    });
    files.set(file, [...(files.get(file) ?? []), `    <error ${error}/>`]);
  }
  const blocks = Array.from(files, ([name, errors]) =>
    [`  <file ${attributes({ name })}>`, ...errors, '  </file>'].join('\n'),
  );
  return ['<?xml version="1.0" encoding="UTF-8"?>', '<checkstyle version="8.0">', ...blocks, '</checkstyle>', ''].join(
    '\n',
  );
}
