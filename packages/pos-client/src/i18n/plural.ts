/** Russian forms: one балл, few балла, many баллов. */
export function russian(n: number, one: string, few: string, many: string): string {
  const tens = Math.abs(n) % 100;
  const ones = tens % 10;
  if (tens > 10 && tens < 20) return many;
  if (ones === 1) return one;
  return ones > 1 && ones < 5 ? few : many;
}

export function english(n: number, one: string, many: string): string {
  return n === 1 ? one : many;
}
