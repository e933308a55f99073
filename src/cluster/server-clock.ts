/** The time as a server has it, who wrote the moments that ages are counted from; that of this machine until it answers. */
export interface ServerClock {
  /** Given the `Date` of an answer. */
  heard(date: string | undefined): void;
  /** Milliseconds. */
  now(): number;
  /** Milliseconds that the server is ahead of this machine; negative where it is behind. */
  ahead(): number;
}

/** Milliseconds of difference that seconds without a fraction, and the way of an answer, explain. */
const NOISE = 5000;

export function serverClock(now: () => number): ServerClock {
  let ahead = 0;
  return {
    heard: date => {
      const difference = Date.parse(date ?? '') - now();
      if (!Number.isNaN(difference)) ahead = Math.abs(difference) < NOISE ? 0 : difference;
    },
    now: () => now() + ahead,
    ahead: () => ahead,
  };
}
