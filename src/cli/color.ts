import picocolors from 'picocolors';
import type { Palette } from '../report/line.ts';
import { COLOURLESS } from '../report/line.ts';
import type { Io } from './io.ts';

export const COLOR_MODES = ['auto', 'always', 'never'] as const;
export type ColorMode = (typeof COLOR_MODES)[number];

export function paletteFor(mode: ColorMode, io: Io): Palette {
  if (mode === 'never' || (mode === 'auto' && !wantsColor(io))) return COLOURLESS;
  const { bold, cyan, dim, green, red, yellow } = picocolors.createColors(true);
  return {
    high: text => bold(red(text)),
    medium: text => bold(yellow(text)),
    low: green,
    error: red,
    warning: yellow,
    info: cyan,
    good: green,
    strong: bold,
    dim,
  };
}

/**
 * What users of other tools expect: NO_COLOR wins (no-color.org), then FORCE_COLOR and CLICOLOR_FORCE; GitHub's log
 * shows colours though it is no terminal.
 */
function wantsColor({ env, isTTY }: Io): boolean {
  const set = (name: string) => env[name] !== undefined && env[name] !== '';
  const forced = (name: string) => set(name) && env[name] !== '0' && env[name] !== 'false';
  if (set('NO_COLOR') || env.FORCE_COLOR === '0' || env.FORCE_COLOR === 'false') return false;
  if (forced('FORCE_COLOR') || forced('CLICOLOR_FORCE')) return true;
  if (env.TERM === 'dumb') return false;
  return isTTY || env.GITHUB_ACTIONS === 'true';
}
