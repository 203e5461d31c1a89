import { beforeAll, describe, expect, it } from 'vitest';
import { allocate, divide } from './index.ts';
import type { Rounding } from './index.ts';

// This package knows no Node; only this test reads files, so the few names it needs are said here.
interface Files {
  existsSync(path: string): boolean;
  readFileSync(path: string, encoding: 'utf8'): string;
}
const files = (await import('node:fs' as string)) as Files;
const here = (import.meta as unknown as { readonly dirname: string }).dirname;
const FOLDER = `${here}/../../../../../shared/data/money`;

const present = files.existsSync(FOLDER);

describe.skipIf(!present)('published vectors (skipped where ../shared/data is absent)', () => {
  let allocations: Allocation[] = [];
  beforeAll(() => {
    allocations = readAllocations(files.readFileSync(`${FOLDER}/allocation_vectors.json`, 'utf8'));
  });

  it('allocates every published case in full, nothing without weight, equal weights exactly as all libraries', () => {
    // Libraries differ on which line gets the odd unit; where weights are equal they agree with our tie rule.
    expect(allocations.length).toBe(19);
    for (const { amount, ratios, result } of allocations) {
      const shares = allocate(amount, ratios);
      expect(shares.reduce((sum, part) => sum + part, 0)).toBe(amount);
      shares.forEach((part, index) => {
        if (ratios[index] === 0) expect(part).toBe(0);
        expect(Math.abs(part - (result[index] ?? 0))).toBeLessThanOrEqual(1);
      });
      if (new Set(ratios).size === 1) expect(shares).toEqual(result);
    }
  });

  it.each([
    ['half_up', 'HALF_UP', 300],
    ['floor', 'FLOOR', 80],
    ['ceiling', 'CEIL', 80],
  ] as const)('rounds as the decimal arithmetic test cases do: %s', (named, rounding, least) => {
    const texts = ['quantize', 'rounding'].map((name) =>
      files.readFileSync(`${FOLDER}/${name}.decTest`, 'utf8'),
    );
    const cases = texts.flatMap((text) => roundingCases(text, named));
    for (const { operation, left, right, result } of cases) {
      const { integer, power } = parts(result);
      expect(rounded(operation, left, right, power, rounding)).toBe(integer);
    }
    expect(cases.length).toBeGreaterThanOrEqual(least);
  });
});

interface Allocation {
  readonly amount: number;
  readonly ratios: readonly number[];
  readonly result: readonly number[];
}

function readAllocations(text: string): Allocation[] {
  const sources = Object.values(
    JSON.parse(text) as Record<string, { readonly cases?: Allocation[] } | string>,
  );
  return sources
    .flatMap((source) => (typeof source === 'string' ? [] : (source.cases ?? [])))
    .filter(
      ({ amount, ratios }) => amount >= 0 && (ratios ?? []).length > 0 && ratios.every(Number.isInteger),
    )
    .filter(({ ratios }) => ratios.some((ratio) => ratio > 0));
}

interface RoundingCase {
  readonly operation: string;
  readonly left: string;
  readonly right: string;
  readonly result: string;
}

function roundingCases(text: string, named: string): RoundingCase[] {
  const decimal = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?$/i;
  let rounding = '';
  return text.split('\n').flatMap((line) => {
    rounding = /^rounding:\s*(\S+)/.exec(line)?.[1] ?? rounding;
    const match = /^\S+\s+(add|divide|quantize)\s+(\S+)\s+(\S+)\s+->\s+(\S+)/.exec(line.replaceAll("'", ''));
    if (match === null || rounding !== named) return [];
    const [, operation = '', left = '', right = '', result = ''] = match;
    return [left, right, result].every((word) => decimal.test(word))
      ? [{ operation, left, right, result }]
      : [];
  });
}

/** The decimal as integer × 10^power. */
function parts(decimal: string): { integer: bigint; power: number } {
  const [mantissa = '', power = '0'] = decimal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace(/^[+-]/, '').split('.');
  const integer = BigInt(whole + fraction) * (decimal.startsWith('-') ? -1n : 1n);
  return { integer, power: Number(power) - fraction.length };
}

/** The exact outcome of the operation, as a whole number of 10^power by the rounding under test. */
function rounded(operation: string, left: string, right: string, power: number, rounding: Rounding): bigint {
  const a = parts(left);
  const b = parts(right);
  // A common scale makes both operands integers, and quantities of 10^power as well.
  const scale = Math.max(0, -a.power, -b.power, -power);
  const [x, y, unit] = [scaled(a, scale), scaled(b, scale), scaled({ integer: 1n, power }, scale)];
  if (operation === 'divide') {
    const sign = y < 0n ? -1n : 1n;
    return divide(sign * x * 10n ** BigInt(scale), sign * y * unit, rounding);
  }
  return divide(operation === 'add' ? x + y : x, unit, rounding);
}

function scaled({ integer, power }: { integer: bigint; power: number }, scale: number): bigint {
  return integer * 10n ** BigInt(power + scale);
}
