/** The first day in a public repository, as Markdown; undefined where there is no corpus beside this checkout. */
export function publicDay(checkout: string): Promise<string | undefined>;
