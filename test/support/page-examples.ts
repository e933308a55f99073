/**
 * The examples of a rule's page. An example is a run of fences, each one file whose first line may name it
 * (`# overlays/prod/kustomization.yaml`), and the findings expected of them as a quote after the last fence:
 *
 *     ```diff
 *     # app.yaml
 *      kind: Deployment
 *     -replicas: 3
 *     +replicas: 0
 *     ```
 *     > error: replicas go from 3 to 0
 *
 * A diff holds both sides of a commit; any other fence is the same on both. A fence marked `knowledge` is no file: it
 * says what else is known. One marked `message` is the message of the commit.
 */
export interface Example {
  readonly section: 'Flagged' | 'Passes';
  /** 1-based line of the page at which its first fence opens. */
  readonly line: number;
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  /** Some fence is a diff: the example is a commit, not a state. */
  readonly isCommit: boolean;
  /** YAML of a fence marked `knowledge`. */
  readonly knowledge: string | undefined;
  /** The text of a fence marked `message`. */
  readonly message: string | undefined;
  /** `severity: message`, in the order of the report. */
  readonly expected: readonly string[];
}

interface Fence {
  readonly info: string;
  readonly line: number;
  readonly lines: readonly string[];
}

export function examplesOf(page: string): Example[] {
  const examples: Example[] = [];
  let section = '';
  let fences: Fence[] = [];
  let expected: string[] = [];
  const finish = () => {
    if (fences.length > 0 && (section === 'Flagged' || section === 'Passes')) {
      examples.push(exampleOf(section, fences, expected));
    }
    fences = [];
    expected = [];
  };
  const lines = page.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] ?? '';
    if (line.startsWith('```')) {
      if (expected.length > 0) finish();
      const end = lines.indexOf('```', i + 1);
      if (end < 0) throw new Error(`the fence of line ${i + 1} does not end`);
      fences.push({ info: line.slice(3), line: i + 1, lines: lines.slice(i + 1, end) });
      i = end;
    } else if (line.startsWith('> ')) {
      expected.push(line.slice(2));
    } else if (line.trim() !== '') {
      finish();
      if (line.startsWith('## ')) section = line.slice(3);
    }
  }
  finish();
  return examples;
}

function exampleOf(section: 'Flagged' | 'Passes', fences: readonly Fence[], expected: readonly string[]): Example {
  const before: Record<string, string> = {};
  const after: Record<string, string> = {};
  let knowledge: string | undefined;
  let message: string | undefined;
  for (const fence of fences) {
    if (fence.info.endsWith(' message')) {
      message = fence.lines.join('\n');
      continue;
    }
    if (fence.info.endsWith(' knowledge')) {
      knowledge = fence.lines.join('\n');
      continue;
    }
    const named = /^ ?# (\S+\.\w+|\S*Kustomization)$/.exec(fence.lines[0] ?? '');
    const name = named?.[1] ?? 'app.yaml';
    const lines = named === null ? fence.lines : fence.lines.slice(1);
    const isDiff = fence.info === 'diff';
    const old = isDiff ? side(lines, '-') : lines;
    const young = isDiff ? side(lines, '+') : lines;
    if (old.length > 0) before[name] = `${old.join('\n')}\n`;
    if (young.length > 0) after[name] = `${young.join('\n')}\n`;
  }
  const isCommit = fences.some(fence => fence.info === 'diff');
  return { section, line: fences[0]?.line ?? 0, before, after, isCommit, knowledge, message, expected };
}

/** The lines of one side of a diff: those that both have, and those marked with the sign. */
function side(lines: readonly string[], sign: '+' | '-'): string[] {
  return lines.filter(line => line === '' || line.startsWith(' ') || line.startsWith(sign)).map(line => line.slice(1));
}
