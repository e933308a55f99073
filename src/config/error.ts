import type { Span } from '../yaml/node.ts';

/** The configuration cannot be used as it is written. Nothing is checked with half a policy. */
export class ConfigError extends Error {
  readonly exitCode = 2;
  readonly hint: string | undefined;

  /** `message` is one line, without a full stop. */
  constructor(message: string, hint?: string) {
    super(message);
    this.hint = hint;
  }
}

/** An error with its place before it, as compilers print it. */
export function configErrorAt({ source, start }: Span, message: string, hint?: string): ConfigError {
  const { line, column } = source.position(start);
  return new ConfigError(`${source.file}:${line}:${column}: ${message}`, hint);
}
