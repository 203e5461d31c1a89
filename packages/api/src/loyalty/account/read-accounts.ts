import { projectLots } from '@clientele/shared/points';
import type { Lot, Moment } from '@clientele/shared/points';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { modeAt, versionAt, type ProgramRecord } from '../program/programs.ts';

export type AccountStatus = 'ACTIVE' | 'BLOCKED' | 'CLOSED';

/** What `loyalty_account_facts` (ledger.sql) answers: an account as it was posted last. Moments as ISO text. */
export interface AccountFacts {
  status: AccountStatus;
  active: number;
  pending: number;
  held: number;
  /** ≤ 0 */
  debt: number;
  tierCode: string | null;
  revision: number;
  lots: (StoredAmounts & {
    id: string;
    activateAt: string;
    expireAt: string | null;
    restrictions: Record<string, unknown> | null;
    source: string;
    /** The order, return or event that granted it. */
    sourceId: string | null;
  })[];
  holds: { orderId: string; points: number; expiresAt: string; lots: { lotId: string; points: number }[] }[];
}

interface StoredAmounts {
  pending: number;
  active: number;
  held: number;
}

/** An account as it is at a moment, whatever jobs have run. Points. */
export interface AccountView extends StoredAmounts {
  profileId: string;
  programId: string;
  status: AccountStatus;
  /** Points owed, ≥ 0. */
  debt: number;
  /** What can be spent at this moment: 0 if blocked or the program is not live, else active. */
  available: number;
  nextActivation: Moment | null;
  nextExpiry: Moment | null;
  tierCode: string | null;
  /** What is left, lot by lot; `sourceId` tells an order's own points. */
  lots: readonly OpenLot[];
}

export interface OpenLot extends Lot {
  readonly source?: string;
  readonly sourceId?: string | null;
  /** Goods these points may pay for; null: anything. */
  readonly restrictions?: Record<string, unknown> | null;
}

const DEFAULT_GRACE_HOURS = 24;

/**
 * Brings what was posted to `now` by the rules the posting functions follow; writes nothing.
 * @param facts null: nothing was ever posted for this shopper
 */
export function viewAccount(
  profileId: string,
  program: ProgramRecord,
  facts: AccountFacts | null,
  now: Date,
): AccountView {
  const graceHours = versionAt(program, now)?.settings.releaseGraceHours ?? DEFAULT_GRACE_HOURS;
  const { lots, pending, active, held, debt, nextActivation, nextExpiry } = projectLots(
    {
      lots: (facts?.lots ?? []).map(readLot),
      debt: facts?.debt ?? 0,
      holds: (facts?.holds ?? []).map((hold) => ({ ...hold, expiresAt: Date.parse(hold.expiresAt) })),
    },
    now.getTime(),
    graceHours,
  );
  const status = facts?.status ?? 'ACTIVE';
  const spendable = status === 'ACTIVE' && modeAt(program, now) === 'LIVE';
  return {
    profileId,
    programId: program.id,
    status,
    pending,
    active,
    held,
    debt: Math.abs(debt),
    available: spendable ? active : 0,
    nextActivation,
    nextExpiry,
    tierCode: facts?.tierCode ?? null,
    lots,
  };
}

function readLot(lot: AccountFacts['lots'][number]): OpenLot {
  return {
    ...lot,
    activateAt: Date.parse(lot.activateAt),
    expireAt: lot.expireAt === null ? null : Date.parse(lot.expireAt),
  };
}

/** Accounts in one statement, in the order of the keys; an account nothing was posted to is all zero. */
export async function readAccounts(
  ctx: Context,
  program: ProgramRecord,
  profileIds: readonly string[],
): Promise<AccountView[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await sql<{ profileId: string; facts: AccountFacts | null }>`
    select profile as "profileId", public.loyalty_account_facts(profile, ${program.id}) as facts
    from unnest(${[...profileIds]}::uuid[]) with ordinality as wanted (profile, place) order by place`.execute(
    ctx.sql,
  );
  const now = ctx.clock.now();
  return rows.map((row) => viewAccount(row.profileId, program, row.facts, now));
}

export async function readAccount(
  ctx: Context,
  program: ProgramRecord,
  profileId: string,
): Promise<AccountView> {
  const [account] = await readAccounts(ctx, program, [profileId]);
  if (account === undefined) throw new Error(`no account of ${profileId} was read`);
  return account;
}
