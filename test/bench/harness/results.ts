import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

/** One figure; `floor` must hold, `goal` is the aim (quality targets). */
export interface Measure {
  /** `Q7`; empty for a figure without a target. */
  readonly target: string;
  readonly name: string;
  readonly value: number;
  readonly unit: '%' | 'ms' | '/s' | 'MB' | 's' | '';
  /** Below it where more is better, above it where less is. */
  readonly floor?: number;
  readonly goal?: number;
  readonly better?: 'MORE' | 'LESS';
  readonly note?: string;
}

const folder = join(import.meta.dirname, '..', 'results');

export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Prints the table and keeps it as JSON beside the others. */
export function publish(bench: string, measures: readonly Measure[]): void {
  say();
  say(
    `${'target'.padEnd(8)}${'figure'.padEnd(66)}${'value'.padStart(14)}  ${'floor'.padStart(8)}${'goal'.padStart(8)}  verdict`,
  );
  for (const measure of measures) {
    say(
      `${measure.target.padEnd(8)}${measure.name.padEnd(66)}${shown(measure).padStart(14)}  ${String(measure.floor ?? '').padStart(8)}${String(measure.goal ?? '').padStart(8)}  ${verdict(measure)}`,
    );
    if (measure.note !== undefined) say(`${' '.repeat(8)}  ${measure.note}`);
  }
  mkdirSync(folder, { recursive: true });
  const machine = { cores: availableParallelism(), cpu: cpus()[0]?.model, load: loadavg() };
  const file = join(folder, `${bench}.json`);
  writeFileSync(file, `${JSON.stringify({ bench, at: new Date(), machine, measures }, null, 2)}\n`);
  say(
    `\nLoad of the machine in the last minute: ${loadavg()[0]?.toFixed(1)} on ${machine.cores} cores. ${file}`,
  );
}

function shown({ value, unit }: Measure): string {
  const text = value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(value < 10 ? 2 : 1);
  return `${text} ${unit}`;
}

function verdict({ value, floor, goal, better = 'MORE' }: Measure): string {
  if (floor === undefined) return '';
  const reaches = (limit: number): boolean => (better === 'MORE' ? value >= limit : value <= limit);
  if (goal !== undefined && reaches(goal)) return 'goal reached';
  return reaches(floor) ? 'floor holds' : 'BELOW THE FLOOR';
}

/** Middle of an odd number of figures. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The figure that a share of all does not exceed (nearest rank). */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
