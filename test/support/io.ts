/** A process that is given nothing, at a fixed moment: 2026-03-16, a Monday. */
export const NO_INPUT = { stdin: async () => '', now: () => new Date('2026-03-16T09:00:00Z') };
