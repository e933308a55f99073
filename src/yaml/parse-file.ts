import { type Decoded, decode } from './decode.ts';
import { type Dialect, type Parsed, parse } from './parse.ts';

/** A file as text and as nodes, each with what is wrong with it. */
export interface ParsedFile extends Decoded {
  readonly parsed: Parsed;
}

const known = new WeakMap<Buffer, Map<string, ParsedFile>>();

/** Parses a file, the same buffer once for each path and dialect. What it returns is shared and not to be changed. */
export function parseFile(path: string, bytes: Buffer, dialect: Dialect): ParsedFile {
  const files = known.get(bytes) ?? new Map<string, ParsedFile>();
  known.set(bytes, files);
  const key = `${dialect} ${path}`;
  const found = files.get(key);
  if (found !== undefined) return found;
  const decoded = decode(path, bytes);
  const file = { ...decoded, parsed: parse(decoded.source, dialect) };
  files.set(key, file);
  return file;
}
