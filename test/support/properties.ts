import * as fc from 'fast-check';

/**
 * fast-check for the tests: `npm test` asks the same questions each time, so that what fails is what was changed.
 * `npm run test:properties` asks `PROPERTY_RUNS` times as many, and other ones each time.
 */
export * from 'fast-check';

const TIMES_AS_MANY = Number(process.env.PROPERTY_RUNS ?? '1');

if (TIMES_AS_MANY === 1) fc.configureGlobal({ seed: 1 });

export function assert<T>(property: fc.IAsyncProperty<T>, parameters?: fc.Parameters<T>): Promise<void>;
export function assert<T>(property: fc.IProperty<T>, parameters?: fc.Parameters<T>): void;
export function assert<T>(property: fc.IRawProperty<T>, { numRuns = 100, ...others }: fc.Parameters<T> = {}) {
  return fc.assert(property, { ...others, numRuns: numRuns * TIMES_AS_MANY });
}
