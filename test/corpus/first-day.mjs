// Prints the first day in a public repository anew: `npm run first-day`. test/corpus/first-day.test.ts compares.
import { join } from 'node:path';
import { printFirstDay } from '../../examples/first-day.mjs';
import { publicDay } from './public-day.mjs';

const publicly = await publicDay(join(import.meta.dirname, '../..'));
if (publicly === undefined) process.stdout.write('skipped: there is no corpus beside this checkout\n');
else printFirstDay({ publicly });
