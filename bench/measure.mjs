/** Milliseconds that a call takes. */
export function time(run) {
  const start = performance.now();
  run();
  return performance.now() - start;
}

export function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}

export function milliseconds(value) {
  return `${Math.round(value)} ms`;
}

export function megabytes(bytes) {
  return `${Math.round(bytes / 1e6)} MB`;
}

/** One row of a benchmark's table. */
export function print(name, value, ratio = '', target = '') {
  process.stdout.write(`${name.padEnd(30)}${value.padStart(9)}  ${ratio.padEnd(16)}${target}\n`);
}
