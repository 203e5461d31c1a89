import { minorDigits, parseMoney } from '@clientele/shared/money';
import { BOUNDS } from '@clientele/shared/rules';
import { fieldCheck } from '@clientele/shared/segments';
import type { Context } from '../../platform/context.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import type { RfmBounds, RfmMethod, RfmWindow } from '../../segments/index.ts';

export interface RfmModelInput {
  /** Absent: a new one. */
  id?: string | null | undefined;
  /** Of a model that is changed: the one the edit began with. */
  version?: number | null | undefined;
  name: string;
  /** ALWAYS, ROLLING with `days`, or ABSOLUTE. */
  window?: unknown;
  method: RfmMethod;
  currency: string;
  /** Of THRESHOLDS; money as decimal text. */
  thresholds?: RfmThresholdsInput | null | undefined;
}

export interface RfmThresholdsInput {
  recency: readonly number[];
  frequency: readonly number[];
  monetary: readonly string[];
}

export interface CheckedModel {
  name: string;
  window: RfmWindow;
  method: RfmMethod;
  currency: string;
  thresholds: RfmBounds | null;
}

/** @throws InvalidInput */
export async function checkModel(ctx: Context, input: RfmModelInput): Promise<CheckedModel> {
  const problems = new InputProblems();
  const name = problems.exact(input.name, ['name'], { max: 200 });
  for (const { path, code, message } of fieldCheck({ type: 'moments' }, {})(input.window, ['window']))
    problems.add(path, code, message);
  problems.refuseAny();
  const window = windowOf(input.window as RfmWindow, problems);
  problems.need(await knownCurrency(ctx, input.currency), ['currency'], 'UNKNOWN', 'no store sells in it');
  problems.refuseAny();
  const thresholds =
    input.method === 'THRESHOLDS' ? thresholdsOf(input.thresholds, input.currency, problems) : null;
  problems.refuseAny();
  return { name: name ?? '', window, method: input.method, currency: input.currency, thresholds };
}

async function knownCurrency(ctx: Context, currency: string): Promise<object | undefined> {
  if (!/^[A-Z]{3}$/.test(currency)) return undefined;
  return ctx.sql.selectFrom('store').select('id').where('currency', '=', currency).executeTakeFirst();
}

/** Weeks and months that move on at midnight would score everybody anew each time: a rolling window does not. */
function windowOf(window: RfmWindow, problems: InputProblems): RfmWindow {
  if (!['ALWAYS', 'ROLLING', 'ABSOLUTE'].includes(window.kind))
    problems.add(['window', 'kind'], 'UNKNOWN', 'ALWAYS, ROLLING or ABSOLUTE');
  if (window.kind === 'ROLLING' && (window.days === undefined || window.endedDays !== undefined))
    problems.add(['window', 'days'], 'REQUIRED', 'the last so many days, up to now');
  return window;
}

function thresholdsOf(
  thresholds: RfmThresholdsInput | null | undefined,
  currency: string,
  problems: InputProblems,
): RfmBounds | null {
  if (thresholds === null || thresholds === undefined) {
    problems.add(['thresholds'], 'REQUIRED', 'four bounds of each of the three');
    return null;
  }
  const monetary = thresholds.monetary.map((text, index) =>
    problems.need(
      parseMoney(text, currency),
      ['thresholds', 'monetary', index],
      'FORMAT',
      `money with ${minorDigits(currency)} digits`,
    ),
  );
  const bounds = { ...thresholds, monetary: monetary.map((minor) => minor ?? 0) };
  ascending(bounds.recency, 'recency', [0, BOUNDS.days], problems);
  ascending(bounds.frequency, 'frequency', [2, BOUNDS.count], problems);
  ascending(bounds.monetary, 'monetary', [1, BOUNDS.money], problems);
  return bounds;
}

function ascending(
  bounds: readonly number[],
  name: keyof RfmBounds,
  [least, most]: readonly [number, number],
  problems: InputProblems,
): void {
  if (bounds.length !== 4) problems.add(['thresholds', name], 'RANGE', 'four bounds');
  bounds.forEach((bound, index) => {
    const before = index === 0 ? least - 1 : (bounds[index - 1] ?? least);
    if (bound <= before || bound > most)
      problems.add(['thresholds', name, index], 'RANGE', `more than ${before}, ${most} at most`);
  });
}
