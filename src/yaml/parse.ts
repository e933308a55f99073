import { parseEvents, YAMLException } from 'js-yaml';
import { type Build, buildDocuments } from './build.ts';
import type { Node, Source } from './node.ts';
import type { Problem } from './problem.ts';
import type { Dialect } from './scalars.ts';
import { documentParts, jsonParts, type Part } from './split.ts';
import { isTemplated } from './template.ts';

export type { Dialect } from './scalars.ts';

/** Collections inside collections that are followed; kubectl itself stops at 10,000. */
const MAX_DEPTH = 100;
/** Of all problems of a text, the first ones are reported. */
const MAX_PROBLEMS = 20;

/** The documents of a text that could be read, and what was wrong. */
export interface Parsed {
  readonly documents: Node[];
  readonly problems: Problem[];
}

/**
 * Reads YAML or JSON as the reader of the dialect would. Empty documents are left out. Anchors and merge keys are
 * resolved; aliased nodes are shared. A document that the reader would refuse is left out with a problem; the documents
 * around it are read. Never throws for any text.
 */
export function parse(source: Source, dialect: Dialect): Parsed {
  const build: Build = { source, dialect, documents: [], problems: [], nodes: 0 };
  for (const part of documentParts(source.text)) parsePart(build, part);
  return { documents: build.documents, problems: build.problems.slice(0, MAX_PROBLEMS) };
}

function parsePart(build: Build, part: Part): void {
  const { source } = build;
  const text = source.text.slice(part.start, part.end);
  try {
    buildDocuments(build, parseEvents(text, { maxDepth: MAX_DEPTH }), text, part.start);
  } catch (error) {
    if (!(error instanceof YAMLException)) throw error;
    const values = jsonParts(text);
    if (values.length > 1) {
      for (const value of values) parsePart(build, { start: part.start + value.start, end: part.start + value.end });
      return;
    }
    build.problems.push(problemOf(error, source, part, text));
  }
}

function problemOf(error: YAMLException, source: Source, part: Part, text: string): Problem {
  const start = Math.min(part.start + (error.mark?.position ?? 0), source.text.length);
  const span = { source, start, end: Math.min(start + 1, source.text.length) };
  if (error.reason.startsWith('nesting exceeded')) {
    return { code: 'too-deep', message: `more than ${MAX_DEPTH} collections inside each other`, span };
  }
  const template = isTemplated(text) ? ' (it looks like a template, which is not YAML before it is filled in)' : '';
  return { code: 'yaml-does-not-parse', message: `the YAML does not parse: ${error.reason}${template}`, span };
}
