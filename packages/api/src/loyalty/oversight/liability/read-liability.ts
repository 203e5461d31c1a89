import { sql } from 'kysely';
import { demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { visiblePrograms } from '../../account/visible-accounts.ts';
import { versionAt, type ProgramRecord } from '../../program/programs.ts';
import { fixedRates, type FixedRates } from './liability-rates.ts';
import {
  byMonth,
  measureRates,
  owed,
  shareBp,
  sumOf,
  type FlowMonth,
  type MeasuredRates,
  type MonthOfPoints,
  type OpenPoints,
  type OwedMoney,
  type Rates,
} from './liability.ts';
import { monthOf, snapshotOf, takeSnapshot, type Snapshot } from './take-snapshot.ts';

/** Points in one currency they can be spent in: of several, one will be. */
export interface Worth extends OwedMoney {
  currency: string;
}

export interface WorthOfMonth extends MonthOfPoints {
  worth: Worth[];
}

export interface MonthOfFlow extends FlowMonth {
  /** N11: captured less restored, of what was activated; null where nothing was. */
  redemptionBp: number | null;
  /** N12: expired, of what was activated. */
  breakageBp: number | null;
}

export interface PointValue {
  currency: string;
  minor: number;
}

export interface LiabilityRecord extends OpenPoints {
  programId: string;
  takenAt: Date;
  accounts: number;
  debt: number;
  pointValues: PointValue[];
  measured: MeasuredRates;
  fixed: FixedRates;
  used: Rates;
  worth: Worth[];
  byExpiry: WorthOfMonth[];
  /** Only what is frozen still. */
  byActivation: WorthOfMonth[];
  /** The last twelve, the newest last. */
  months: MonthOfFlow[];
}

/**
 * What a program owes to its shoppers (reports N11–N13), by a snapshot of at most an hour ago.
 * @param anew count it at this moment
 * @returns null: no such program for this caller, or they see some stores only
 */
export async function readLiability(
  ctx: Context,
  programId: string,
  anew = false,
): Promise<LiabilityRecord | null> {
  demandScope(ctx, 'loyalty.read');
  if (ctx.actor.storeIds !== 'ALL') return null;
  const program = (await visiblePrograms(ctx)).find(({ id }) => id === programId);
  if (program === undefined) return null;
  const snapshot = await (anew ? takeSnapshot(ctx, program) : snapshotOf(ctx, program));
  return judge(program, snapshot, await fixedRates(ctx, programId), await valuesOf(ctx, program));
}

/** What more points would add to what is owed, by the shares in use. */
export async function worthOf(ctx: Context, program: ProgramRecord, points: number): Promise<Worth[]> {
  const values = await valuesOf(ctx, program);
  const { used } = judge(program, await snapshotOf(ctx, program), await fixedRates(ctx, program.id), values);
  return values.map(({ currency, minor }) => ({
    currency,
    ...owed({ active: points, pending: 0, held: 0 }, minor, used),
  }));
}

/** What a point pays in the currencies of the program's stores, that of most stores first. */
async function valuesOf(ctx: Context, program: ProgramRecord): Promise<PointValue[]> {
  const version = versionAt(program, ctx.clock.now()) ?? program.versions.at(-1);
  const values = version?.settings.pointValueMinor ?? {};
  const { rows } = await sql<{ currency: string }>`
    select currency from public.store where brand_id = ${program.brandId}
    group by currency order by count(*) desc, currency`.execute(ctx.sql);
  const used = rows.length > 0 ? rows.map(({ currency }) => currency) : Object.keys(values);
  return used.flatMap((currency) => {
    const minor = values[currency];
    return minor === undefined ? [] : [{ currency, minor }];
  });
}

function judge(
  program: ProgramRecord,
  snapshot: Snapshot,
  fixed: FixedRates,
  pointValues: PointValue[],
): LiabilityRecord {
  const { parts, months, takenAt, accounts, debt } = snapshot;
  const measured = measureRates(months, monthOf(takenAt, program));
  const used = {
    pendingBp: fixed.pendingBp ?? measured.pendingBp,
    redemptionBp: fixed.redemptionBp ?? measured.redemptionBp,
  };
  const inMoney = (points: OpenPoints): Worth[] =>
    pointValues.map(({ currency, minor }) => ({ currency, ...owed(points, minor, used) }));
  const withWorth = (month: MonthOfPoints): WorthOfMonth => ({ ...month, worth: inMoney(month) });
  const sum = sumOf(parts);
  const frozen = parts
    .filter(({ activates }) => activates !== null)
    .map((part) => ({ ...part, active: 0, held: 0 }));
  return {
    programId: program.id,
    takenAt,
    accounts,
    debt,
    ...sum,
    pointValues,
    measured,
    fixed,
    used,
    worth: inMoney(sum),
    byExpiry: byMonth(parts, 'expires').map(withWorth),
    byActivation: byMonth(frozen, 'activates').map(withWorth),
    months: months.filter(({ month }) => month >= measured.from).map(withShares),
  };
}

function withShares(flow: FlowMonth): MonthOfFlow {
  return {
    ...flow,
    redemptionBp: shareBp(flow.captured - flow.restored, flow.activated),
    breakageBp: shareBp(flow.expired, flow.activated),
  };
}
