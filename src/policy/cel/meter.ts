/** What is said where an expression takes more than it may. */
export const TOO_MANY_STEPS = 'it takes more steps than an evaluation may';

/**
 * Steps of one evaluation: nodes that are evaluated, characters and items that they make or compare. The worst of them
 * takes some tens of nanoseconds, so that no evaluation takes a second.
 */
const MAX_STEPS = 2_000_000;

/** What an evaluation may still take. Once it is used up, each further step fails as well. */
export class Meter {
  #left = MAX_STEPS;
  #sizes = new WeakMap<object, number>();

  start(): void {
    this.#left = MAX_STEPS;
    this.#sizes = new WeakMap();
  }

  get isExceeded(): boolean {
    return this.#left < 0;
  }

  /** Throws once there is nothing left. */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.isExceeded) throw new Error(TOO_MANY_STEPS);
  }

  /** How much there is of a value: its characters, and all that it holds. */
  sizeOf(value: unknown): number {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    let size = 1;
    if (Array.isArray(value)) for (const item of value) size += this.sizeOf(item);
    if (value instanceof Map) for (const [key, item] of value) size += this.sizeOf(key) + this.sizeOf(item);
    this.#sizes.set(value, size);
    return size;
  }
}

/** Operators and methods that go through all of their operands. */
const THOROUGH = new Set(['==', '!=', 'in', 'contains', 'indexOf', 'lastIndexOf', 'split', 'startsWith', 'endsWith']);

/** Pairs of characters that a machine compares in the time of a step. */
const PAIRS_PER_STEP = 32;

interface Expression {
  readonly op: string;
  readonly args: unknown;
}

/**
 * Makes each node below an expression pay for itself: for being evaluated, for what it makes, and before that for what
 * it compares. cel-js evaluates a node by its `evaluate`, which a node may have as its own.
 */
export function meterNodes(root: unknown, meter: Meter): void {
  const seen = new Set<unknown>();
  const visit = (value: unknown, pay: (value: unknown) => void): void => {
    if (typeof value !== 'object' || value === null || seen.has(value)) return;
    seen.add(value);
    if (!isExpression(value)) {
      for (const inner of Object.values(value)) visit(inner, pay);
      return;
    }
    own(value, meter, pay);
    const payOperand = isThorough(value) ? payerOfOperands(meter) : nothing;
    for (const inner of Array.isArray(value.args) ? value.args.flat() : [value.args]) visit(inner, payOperand);
    // What a macro stands for.
    visit(Reflect.get(value, 'meta'), pay);
  };
  visit(root, nothing);
}

function isExpression(value: object): value is Expression {
  return 'op' in value && typeof value.op === 'string' && 'args' in value;
}

function isThorough({ op, args }: Expression): boolean {
  return THOROUGH.has(op) || (op === 'rcall' && Array.isArray(args) && THOROUGH.has(String(args[0])));
}

function nothing(): void {}

/** Two operands are compared in no more than the product of their sizes. */
function payerOfOperands(meter: Meter): (value: unknown) => void {
  let first: number | undefined;
  return value => {
    const size = meter.sizeOf(value);
    meter.spend(first === undefined ? size / PAIRS_PER_STEP : (size * first) / PAIRS_PER_STEP);
    first = first === undefined ? size : undefined;
  };
}

function own(node: Expression, meter: Meter, pay: (value: unknown) => void): void {
  let evaluate: unknown = Reflect.get(node, 'evaluate');
  const metered = (...args: unknown[]): unknown => {
    if (typeof evaluate !== 'function') throw new Error('cel-js has changed: a node has no evaluate');
    meter.spend(1);
    const value: unknown = Reflect.apply(evaluate, node, args);
    if (typeof value === 'string' || Array.isArray(value)) meter.spend(value.length);
    pay(value);
    return value;
  };
  Object.defineProperty(node, 'evaluate', {
    get: () => metered,
    // A node finds out how it is evaluated when it is for the first time.
    set: found => {
      evaluate = found;
    },
  });
}
