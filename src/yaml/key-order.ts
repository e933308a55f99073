/**
 * The order in which go-yaml writes the keys of a mapping (sorter.go): letters by their code, digits as numbers, and
 * letters behind everything else.
 */
export function byGoYaml(left: string, right: string): number {
  // Most keys differ in a letter, which needs no further look.
  const same = commonLength(left, right);
  if (isPlainLetter(left.charCodeAt(same)) && isPlainLetter(right.charCodeAt(same))) {
    return left.charCodeAt(same) - right.charCodeAt(same);
  }
  const [a, b] = [[...left], [...right]];
  for (let i = 0; i < a.length && i < b.length; i++) {
    const [x = '', y = ''] = [a[i], b[i]];
    if (x === y) continue;
    const [isLetterX, isLetterY] = [isLetter(x), isLetter(y)];
    if (isLetterX && isLetterY) return byCode(x, y);
    if (isLetterX || isLetterY) return isLetterY ? -1 : 1;
    return byNumber(a, b, i) || byCode(x, y);
  }
  return a.length - b.length;
}

function byNumber(a: readonly string[], b: readonly string[], from: number): number {
  // A zero inside of a number counts; one before it does not.
  let isInside = false;
  if (a[from] === '0' || b[from] === '0') {
    for (let i = from - 1; i >= 0 && isDigit(a[i] ?? ''); i--) isInside ||= a[i] !== '0';
  }
  const [x, y] = [digitsFrom(a, from), digitsFrom(b, from)];
  const [first, second] = [BigInt(`${isInside ? 1 : 0}${x}`), BigInt(`${isInside ? 1 : 0}${y}`)];
  if (first !== second) return first < second ? -1 : 1;
  return x.length - y.length;
}

function digitsFrom(characters: readonly string[], from: number): string {
  let end = from;
  while (isDigit(characters[end] ?? '')) end++;
  return characters.slice(from, end).join('');
}

function isDigit(character: string): boolean {
  return /^\d$/.test(character);
}

function isLetter(character: string): boolean {
  return /^\p{L}$/u.test(character);
}

function byCode(x: string, y: string): number {
  return (x.codePointAt(0) ?? 0) - (y.codePointAt(0) ?? 0);
}

function commonLength(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  return at;
}

/** An ASCII letter, by its code. */
function isPlainLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
