export interface DaySize {
  /** YYYY-MM-DD */
  readonly day: string;
  readonly size: number;
}

export interface Chart {
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    readonly day: string;
    readonly size: number;
  }[];
  /** Of the vertical axis: round numbers from the lowest line to the highest. */
  readonly ticks: readonly { readonly y: number; readonly size: number }[];
}

/**
 * Size day by day as a line in a box. The axis begins at nought only where the sizes come near it: a segment that lost
 * a tenth must be seen to lose it.
 */
export function chartOf(sizes: readonly DaySize[], width: number, height: number): Chart {
  if (sizes.length === 0) return { points: [], ticks: [] };
  const { from, to, step } = axisOf(sizes.map(({ size }) => size));
  const y = (size: number): number => round(height - ((size - from) / (to - from)) * height);
  const [first, last] = [Date.parse(sizes[0]?.day ?? ''), Date.parse(sizes.at(-1)?.day ?? '')];
  const x = (day: string): number =>
    first === last ? width : round(((Date.parse(day) - first) / (last - first)) * width);
  return {
    points: sizes.map(({ day, size }) => ({ x: x(day), y: y(size), day, size })),
    ticks: Array.from({ length: Math.round((to - from) / step) + 1 }, (_, index) => {
      const size = from + index * step;
      return { y: y(size), size };
    }),
  };
}

const TICKS = 4;

/** Whole round steps: 1, 2 or 5 times a power of ten. */
export function axisOf(sizes: readonly number[]): { from: number; to: number; step: number } {
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const low = least > (most - least) * 2 ? least : 0;
  const rough = Math.max(1, (most - low) / TICKS);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? rough;
  const from = Math.floor(low / step) * step;
  const to = Math.max(from + step, Math.ceil(most / step) * step);
  return { from, to, step };
}

export function lineOf(points: Chart['points']): string {
  return points.map(({ x, y }) => `${x},${y}`).join(' ');
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** As many people more or fewer, in parts of what was; null where nobody was there before. */
export function changeOf(
  now: number | null,
  before: number | null,
): { by: number; share: number | null } | null {
  if (now === null || before === null) return null;
  return { by: now - before, share: before === 0 ? null : (now - before) / before };
}
