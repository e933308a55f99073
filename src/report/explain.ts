import type { Result } from './result.ts';
import { reportText, type TextOptions } from './text.ts';

/** The result told to a reviewer. Ends with a line break. */
export function explain(result: Result, options: TextOptions): string {
  return reportText(result, options);
}
