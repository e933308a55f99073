/** One requirement of a label selector; an object must meet all of them. */
interface Requirement {
  readonly key: string;
  readonly operator: 'exists' | 'missing' | 'in' | 'notin' | 'gt' | 'lt';
  readonly values: readonly string[];
}

export type LabelSelector = readonly Requirement[];

const KEY = /^[A-Za-z0-9][\w./-]*$/;
const VALUE = /^[\w.-]*$/;

/**
 * A selector as kubectl writes it: `app=web,tier!=cache,env in (a,b),!beta` (apimachinery, pkg/labels). Undefined for
 * text that is none.
 */
export function parseLabelSelector(text: string): LabelSelector | undefined {
  const parts = splitOutsideParentheses(text);
  const requirements = parts?.map(part => parseRequirement(part.trim()));
  if (requirements === undefined) return undefined;
  const parsed = requirements.filter(requirement => requirement !== undefined);
  return parsed.length === requirements.length ? parsed : undefined;
}

function splitOutsideParentheses(text: string): string[] | undefined {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    if (text[i] === ')') depth--;
    if (depth < 0 || depth > 1) return undefined;
    if (text[i] !== ',' || depth > 0) continue;
    parts.push(text.slice(start, i));
    start = i + 1;
  }
  return depth === 0 ? [...parts, text.slice(start)] : undefined;
}

function parseRequirement(part: string): Requirement | undefined {
  const requirement = readRequirement(part);
  if (requirement === undefined || !KEY.test(requirement.key)) return undefined;
  return requirement.values.every(value => VALUE.test(value)) ? requirement : undefined;
}

function readRequirement(part: string): Requirement | undefined {
  if (part.startsWith('!')) return { key: part.slice(1).trim(), operator: 'missing', values: [] };
  const set = /^(\S+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part);
  if (set) {
    const operator = set[2] === 'in' ? 'in' : 'notin';
    return { key: set[1] ?? '', operator, values: (set[3] ?? '').split(',').map(value => value.trim()) };
  }
  const compared = /^([^\s=!<>]+)\s*(==|!=|=|>|<)\s*(\S*)$/.exec(part);
  if (compared === null) return { key: part, operator: 'exists', values: [] };
  const operators = { '==': 'in', '=': 'in', '!=': 'notin', '>': 'gt', '<': 'lt' } as const;
  const symbol = compared[2];
  if (symbol !== '==' && symbol !== '=' && symbol !== '!=' && symbol !== '>' && symbol !== '<') return undefined;
  return { key: compared[1] ?? '', operator: operators[symbol], values: [compared[3] ?? ''] };
}

export function matchesLabels(selector: LabelSelector, labels: ReadonlyMap<string, string>): boolean {
  return selector.every(requirement => meets(requirement, labels.get(requirement.key)));
}

function meets({ operator, values }: Requirement, value: string | undefined): boolean {
  if (operator === 'missing') return value === undefined;
  if (operator === 'notin') return value === undefined || !values.includes(value);
  if (value === undefined) return false;
  if (operator === 'exists') return true;
  if (operator === 'in') return values.includes(value);
  const [limit] = values;
  if (!/^-?\d+$/.test(value) || limit === undefined || !/^-?\d+$/.test(limit)) return false;
  return operator === 'gt' ? BigInt(value) > BigInt(limit) : BigInt(value) < BigInt(limit);
}
