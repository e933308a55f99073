/**
 * The order in which go-yaml writes the keys of a mapping (sorter.go): letters by their code, digits as numbers, and
 * letters behind everything else. The first character that differs decides.
 */
export function byGoYaml(left: string, right: string): number {
  const at = firstDifference(left, right);
  if (at >= left.length || at >= right.length) return left.length - right.length;
  const a = left.charCodeAt(at);
  const b = right.charCodeAt(at);
  if (isAsciiLetter(a) && isAsciiLetter(b)) return a - b;
  const x = left.codePointAt(at) ?? 0;
  const y = right.codePointAt(at) ?? 0;
  const isLetterX = isLetter(x);
  const isLetterY = isLetter(y);
  if (isLetterX && isLetterY) return x - y;
  if (isLetterX || isLetterY) return isLetterY ? -1 : 1;
  return byNumber(left, right, at) || x - y;
}

/** The index of the first character in which they differ: one beyond the basic plane starts at its first half. */
function firstDifference(left: string, right: string): number {
  let at = 0;
  const end = Math.min(left.length, right.length);
  while (at < end && left.charCodeAt(at) === right.charCodeAt(at)) at++;
  if (at === 0) return at;
  const isHalf = (left.codePointAt(at - 1) ?? 0) > 0xffff || (right.codePointAt(at - 1) ?? 0) > 0xffff;
  return isHalf ? at - 1 : at;
}

/** By the numbers that start here, or end: the texts are the same up to here. */
function byNumber(a: string, b: string, from: number): number {
  const endA = endOfDigits(a, from);
  const endB = endOfDigits(b, from);
  if (endA === from && endB === from) return 0;
  // A zero inside of a number counts; one before it does not.
  const isInside = isInsideNumber(a, from);
  const startA = isInside ? from : endOfZeros(a, from);
  const startB = isInside ? from : endOfZeros(b, from);
  if (endA - startA !== endB - startB) return endA - startA - (endB - startB);
  const x = a.slice(startA, endA);
  const y = b.slice(startB, endB);
  if (x !== y) return x < y ? -1 : 1;
  return endA - endB;
}

/** Whether digits that are not all zero stand right before. */
function isInsideNumber(text: string, from: number): boolean {
  for (let at = from - 1; at >= 0 && isDigit(text.charCodeAt(at)); at--) if (text.charCodeAt(at) !== ZERO) return true;
  return false;
}

function endOfDigits(text: string, from: number): number {
  let end = from;
  while (end < text.length && isDigit(text.charCodeAt(end))) end++;
  return end;
}

const ZERO = 0x30;

function endOfZeros(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) === ZERO) end++;
  return end;
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
