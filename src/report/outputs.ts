import type { Result } from './result.ts';

/**
 * What programs that come after are told, a `name=value` a line, as the outputs of a step on GitHub. Every value is from a
 * closed set, so that nothing of the change gets into it. Nothing where no pipeline asked.
 */
export function outputLines({ verdict, review }: Result): string {
  if (review === undefined) return '';
  const { passes, bars, labels } = review;
  const values = {
    risk: verdict.level,
    passes,
    autoMergeable: bars.length === 0,
    autoMergeBars: bars.join(','),
    labels: labels.join(','),
  };
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');
}

/** The same as variables of later jobs: docs.gitlab.com, "artifacts:reports:dotenv". */
export function reportDotenv(result: Result): string {
  const lines = outputLines(result).replace(/^[^=]+/gm, name => `DEPLOY_LINT_${snakeCase(name)}`);
  return lines === '' ? `DEPLOY_LINT_RISK=${result.verdict.level}\n` : lines;
}

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, letter => `_${letter}`).toUpperCase();
}
