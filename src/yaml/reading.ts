import type { Node, Source, Span } from './node.ts';
import { isLimit, type Problem } from './problem.ts';
import type { Dialect } from './scalars.ts';

/** Of all mistakes in a text the first ones are reported, and as many limits. */
const MAX_REPORTED = 20;

/** What the reading of one text has come to so far. */
export interface Reading {
  readonly source: Source;
  readonly dialect: Dialect;
  readonly documents: Node[];
  readonly problems: Problem[];
  /** Nodes that a walk over everything read so far visits: an aliased node counts as often as it is used. */
  nodes: number;
}

export function report(reading: Reading, code: Problem['code'], message: string, span: Span): void {
  add(reading, { code, message, span });
}

/** The same with what readers make of it apart. */
export function reportFact(reading: Reading, code: Problem['code'], fact: string, then: string, span: Span): void {
  add(reading, { code, message: `${fact}: ${then}`, span, fact });
}

function add(reading: Reading, problem: Problem): void {
  const alike = reading.problems.filter(other => isLimit(other) === isLimit(problem));
  if (alike.length < MAX_REPORTED) reading.problems.push(problem);
}

/** A place for a problem; one character long where it could be any length. */
export function spanOf(source: Source, start: number, end = start + 1): Span {
  const limit = source.text.length;
  return { source, start: Math.min(start, limit), end: Math.min(end, limit) };
}

/** A key of a manifest within a message. */
export function quote(key: string): string {
  return JSON.stringify(key);
}
