import { remoteTags } from '../../src/git/remote-tags.ts';
import type { ComponentSource } from '../../src/gitops/components.ts';
import type { Kept, KeptAnswer } from '../../src/updates/kept.ts';
import { createNetwork, type NetworkOptions } from '../../src/updates/network.ts';
import { originOf } from '../../src/updates/origin.ts';
import type { Release } from '../../src/updates/release.ts';
import { lookUp } from '../../src/updates/sources/look-up.ts';

export const NOW = new Date('2026-03-16T09:00:00Z');

/** Answers that are kept for the time of one test. */
export function memory(): Kept & { readonly answers: Map<string, KeptAnswer<unknown>> } {
  const answers = new Map<string, KeptAnswer<unknown>>();
  return {
    answers,
    read: async key => JSON.parse(JSON.stringify(answers.get(key) ?? null)) ?? undefined,
    write: async (key, answer) => {
      answers.set(key, answer);
    },
  };
}

export function network(options: Partial<NetworkOptions> = {}) {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', ...options.env };
  return createNetwork({
    kept: memory(),
    asked: new Map(),
    offline: false,
    signal: AbortSignal.timeout(20_000),
    now: () => NOW,
    remoteTags: url => remoteTags(url, env),
    ...options,
    env,
  });
}

/** What a source has, by the fields of an entry. */
export function ask(
  { type, ...fields }: Readonly<Record<string, string>>,
  options: Partial<NetworkOptions> = {},
): Promise<readonly Release[]> {
  const source: ComponentSource = { type, fields: new Map(Object.entries(fields)) };
  return lookUp(originOf(source), network(options));
}
