import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Where one file takes a minute, it starts first: else a core would wait for it in the end. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ moduleId }: TestSpecification) => /\/test\/(?:corpus|examples)\//.test(moduleId);
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter(file => !isLong(file))];
  }
}

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Of two cores vitest would leave one to itself, and most of the time goes to git, which waits for the disk.
    maxWorkers: '100%',
    // What src keeps from one call to the next hangs on the objects it is about, so that files can share a process.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Only what hangs takes so long: tests that build large repositories share the cores with others.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
