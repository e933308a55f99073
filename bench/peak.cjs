// Loaded before the program: leaves the largest resident size of the process, in kilobytes, where the benchmark reads it.
const { writeFileSync } = require('node:fs');

process.on('exit', () => writeFileSync(process.env.DEPLOY_LINT_BENCH_PEAK, String(process.resourceUsage().maxRSS)));
