import { COMMANDS } from './commands.ts';

const COMMAND_LINES = Array.from(
  COMMANDS.values(),
  ({ usage, summary }) => `  ${`deploy-lint ${usage}`.padEnd(33)}  ${summary}\n`,
).join('');

/** What `--help` prints. The README quotes it. */
export const HELP = `deploy-lint: what would this commit do to the cluster, how risky is it, and why

Usage
  deploy-lint                        what is staged (a pre-commit hook calls this)
  deploy-lint --commit REV           one commit against its parents
  deploy-lint --from A --to B        a range, from the merge base; one verdict, one line a commit
  deploy-lint --explain [REV|A..B]   the same, told to a reviewer; without REV what is staged, else HEAD
  deploy-lint --all                  every unit of the tree as it is: findings, no changes
${COMMAND_LINES}
Options of the check; deploy-lint COMMAND --help tells those of a command
  --format FORMAT                    text (default), json (schemas/report.schema.json), jsonl, sarif, github, gitlab,
                                     junit, checkstyle, rdjson or dotenv; for a reader markdown or html; repeatable
  --output FILE                      where the format before it goes, instead of stdout
  --fail-level LEVEL                 exit 1 from here on: low, medium or high by risk and any error;
                                     warning or error by findings alone (default error)
  --config FILE                      instead of .deploy-lint.yaml of the tree before the change
  --shard I/N                        with --all: look only at every Nth unit, from the Ith on, and print that for
                                     deploy-lint merge --all
  --write-baseline                   with --all: keep what is found, so that only what comes later is reported
  --fix                              repair in the working directory what has one safe answer; --fix-dry-run shows it
                                     as a diff
  --cwd DIR                          start in this folder
  --color auto|always|never          (default auto)
  --quiet                            print nothing where the exit code is 0 (text only)
  -h, --help
  -v, --version

Exit codes
  0  clean
  1  at or above the fail level
  2  usage or configuration
  3  incomplete: something was not analysed, and nothing is promised about it
`;
