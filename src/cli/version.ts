import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The version in the package's package.json. */
export async function versionOf(home: string): Promise<string> {
  const file: unknown = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'));
  const version = typeof file === 'object' && file !== null && 'version' in file ? file.version : undefined;
  return typeof version === 'string' ? version : 'unknown';
}
