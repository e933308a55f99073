/** What was used last, as much as fits: the rest is let go, the longest unused first, and can be made again. */
export class Recent<V> {
  readonly #limit: number;
  readonly #entries = new Map<string, { readonly value: V; readonly weight: number }>();
  #weight = 0;

  /** @param limit of the weights together; what was added last is kept whatever it weighs */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: V, weight: number): void {
    this.#remove(key);
    this.#weight += weight;
    for (const old of this.#entries.keys()) {
      if (this.#weight <= this.#limit) break;
      this.#remove(old);
    }
    this.#entries.set(key, { value, weight });
  }

  #remove(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }
}
