import { join } from 'node:path';

/** The file that starts the program, in the folder of its package. */
export function programOf(home: string): string {
  return join(home, 'dist', 'deploy-lint.cjs');
}
