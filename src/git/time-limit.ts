/** Milliseconds that git may take before it is stopped. */
export const TIMEOUT = 20_000;

/**
 * Calls back when `TIMEOUT` is over. A large build may hold up the main thread for longer than that: what git wrote
 * meanwhile is read first, and where that is something, the time starts anew.
 */
export class TimeLimit {
  readonly #onOver: () => void;
  #timer: NodeJS.Timeout | undefined;
  #isHeard = false;

  constructor(onOver: () => void) {
    this.#onOver = onOver;
  }

  /** Starts the time, or starts it anew. */
  start(): void {
    this.#isHeard = true;
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#elapsed(), TIMEOUT);
    else this.#timer.refresh();
  }

  /** Git wrote something. */
  heard(): void {
    this.#isHeard = true;
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #elapsed(): void {
    this.#isHeard = false;
    // Between its timers and this, node turns to what has come in.
    setImmediate(() => {
      if (this.#isHeard) this.#timer?.refresh();
      else if (this.#timer !== undefined) this.#onOver();
    });
  }
}
