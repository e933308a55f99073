/**
 * The order in which go-yaml writes the keys of a mapping (sorter.go): letters by their code, digits as numbers, and
 * letters behind everything else. The first character that differs decides.
 */
export function byGoYaml(left: string, right: string): number {
  const at = firstDifference(left, right);
  const a = left.charCodeAt(at);
  const b = right.charCodeAt(at);
  if (isAsciiLetter(a) && isAsciiLetter(b)) return a - b;
  if (at >= left.length || at >= right.length) return left.length - right.length;
  const [x, y] = [left.codePointAt(at) ?? 0, right.codePointAt(at) ?? 0];
  const [isLetterX, isLetterY] = [isLetter(x), isLetter(y)];
  if (isLetterX && isLetterY) return x - y;
  if (isLetterX || isLetterY) return isLetterY ? -1 : 1;
  return byNumber(left, right, at) || x - y;
}

/** The index of the first character in which they differ: one beyond the basic plane starts at its first half. */
function firstDifference(left: string, right: string): number {
  let at = 0;
  while (at < left.length && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === 0) return at;
  const isHalf = (left.codePointAt(at - 1) ?? 0) > 0xffff || (right.codePointAt(at - 1) ?? 0) > 0xffff;
  return isHalf ? at - 1 : at;
}

function byNumber(a: string, b: string, from: number): number {
  const [x, y] = [digitsFrom(a, from), digitsFrom(b, from)];
  if (x === '' && y === '') return 0;
  // A zero inside of a number counts; one before it does not.
  let isInside = false;
  if (a[from] === '0' || b[from] === '0') {
    for (let i = from - 1; isDigit(a.charCodeAt(i)); i--) isInside ||= a[i] !== '0';
  }
  const [first, second] = [BigInt(`${isInside ? 1 : 0}${x}`), BigInt(`${isInside ? 1 : 0}${y}`)];
  if (first !== second) return first < second ? -1 : 1;
  return x.length - y.length;
}

function digitsFrom(text: string, from: number): string {
  let end = from;
  while (isDigit(text.charCodeAt(end))) end++;
  return text.slice(from, end);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isLetter(code: number): boolean {
  return code < 0x80 ? isAsciiLetter(code) : /^\p{L}$/u.test(String.fromCodePoint(code));
}

function isAsciiLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
