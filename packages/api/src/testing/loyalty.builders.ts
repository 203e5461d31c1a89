import { presetSettings } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import { afterAll, beforeAll } from 'vitest';
import { createProgram, type ProgramMode } from '../loyalty/index.ts';
import type { Context } from '../platform/context.ts';
import { openDatabase, type Database, type Sql } from '../platform/database/database.ts';
import { APPLICATION_ROLE } from '../platform/database/migrate.ts';
import { newId } from '../platform/ids.ts';
import { createLog } from '../platform/log.ts';
import { createTestDatabase } from './test-database.ts';

export interface ProgramFacts {
  brandId?: string;
  name?: string;
  mode?: ProgramMode;
  liveAt?: Date;
  settings?: Partial<ProgramSettings>;
  validFrom?: Date;
}

/** A live program with the preset, valid for two years. @returns its id */
export function aProgram(ctx: Context, facts: ProgramFacts = {}): Promise<string> {
  const { brandId = newId(), name = 'Bonus', mode = 'LIVE', settings = {} } = facts;
  const twoYearsAgo = new Date(ctx.clock.now().getTime() - 730 * 86_400_000);
  return createProgram(ctx, {
    brandId,
    name,
    mode,
    liveAt: facts.liveAt ?? (mode === 'LIVE' ? twoYearsAgo : null),
    settings: { ...presetSettings, ...settings },
    validFrom: facts.validFrom ?? twoYearsAgo,
  });
}

export interface Balance {
  active: number;
  pending: number;
  held: number;
  debt: number;
}

export interface EarnFacts {
  points: number;
  now: string;
  activateAt?: string;
  expireAt?: string | null;
  order?: string;
  source?: string;
}

/**
 * The posting functions of one shopper in one program, each in a transaction of its own that first brings the account
 * to the moment: as the rooms above compose them.
 */
export class LedgerOf {
  readonly #sql: Sql;
  readonly profileId: string;
  readonly programId: string;

  constructor(db: Sql, profileId: string = newId(), programId: string = newId()) {
    this.#sql = db;
    this.profileId = profileId;
    this.programId = programId;
  }

  /** Bound to the transaction it was made with, if there is one. */
  async #post<Reply>(now: string, call: ReturnType<typeof sql>): Promise<Reply> {
    const work = async (tx: Sql) => {
      await sql`select public.loyalty_bring_to_now(${this.profileId}, ${this.programId}, ${now})`.execute(tx);
      const { rows } = await sql<{ reply: Reply }>`select ${call} as reply`.execute(tx);
      const [row] = rows;
      if (row === undefined) throw new Error('nothing came back');
      return row.reply;
    };
    return this.#sql.isTransaction ? work(this.#sql) : this.#sql.transaction().execute(work);
  }

  /** Nothing but the passing of time. */
  async bringTo(now: string): Promise<Balance> {
    await this.#post(now, sql`1`);
    return this.balance();
  }

  /** @returns the lot */
  earn(facts: EarnFacts): Promise<string> {
    const { points, now, activateAt = now, expireAt = null, order = null } = facts;
    const source = facts.source ?? (order === null ? 'IMPORT' : 'ORDER');
    return this.#post(
      now,
      sql`public.loyalty_earn(${this.profileId}, ${this.programId}, ${source}, ${order}, 'purchase', ${points}, ${now},
        ${activateAt}, ${expireAt}, ${now}, ${order}, 'test')`,
    );
  }

  hold(order: string, points: number, expiresAt: string, now: string): Promise<void> {
    return this.#post(
      now,
      sql`public.loyalty_hold(${this.profileId}, ${this.programId}, ${order}, ${points}, ${expiresAt}, ${now}, 'test')`,
    );
  }

  release(order: string, now: string): Promise<number> {
    return this.#post(
      now,
      sql`public.loyalty_release(${this.profileId}, ${order}, 'RELEASED', ${now}, 'test')`,
    );
  }

  /** @returns the points captured; 0: nothing is held any more */
  capture(order: string, now: string): Promise<number> {
    return this.#post(now, sql`public.loyalty_capture(${this.profileId}, ${order}, ${now}, 'test')`);
  }

  /** @returns what was overdrawn */
  spendLate(order: string, points: number, now: string): Promise<number> {
    return this.#post(
      now,
      sql`public.loyalty_spend_late(${this.profileId}, ${this.programId}, ${order}, ${points}, ${now}, 'test')`,
    );
  }

  /** A receipt is printed: what is held is captured, else spent late. */
  async commit(order: string, points: number, now: string): Promise<void> {
    await this.#post(
      now,
      sql`case when public.loyalty_capture(${this.profileId}, ${order}, ${now}, 'test') = 0
        then public.loyalty_spend_late(${this.profileId}, ${this.programId}, ${order}, ${points}, ${now}, 'test') end`,
    );
  }

  restore(
    order: string,
    points: number,
    now: string,
    settings: Partial<ProgramSettings> = {},
  ): Promise<{ restored: number; expired: number; repaid: number }> {
    return this.#post(
      now,
      sql`public.loyalty_restore(${this.profileId}, ${this.programId}, ${order}, ${newId()}, ${points},
        ${{ ...presetSettings, ...settings }}::jsonb, ${now}, ${now}, 'test')`,
    );
  }

  clawBack(
    order: string,
    points: number,
    now: string,
    settings: Partial<ProgramSettings> = {},
  ): Promise<{ clawed: number; debt: number; shortage: number }> {
    return this.#post(
      now,
      sql`public.loyalty_clawback(${this.profileId}, ${this.programId}, ${order}, ${newId()}, ${points},
        ${{ ...presetSettings, ...settings }}::jsonb, ${now}, 'test')`,
    );
  }

  adjust(points: number, now: string, allowDebt = false): Promise<Balance> {
    return this.#post(
      now,
      sql`public.loyalty_adjust(${this.profileId}, ${this.programId}, ${points}, 'a test', ${now}, null, ${allowDebt},
        ${now}, 'test')`,
    );
  }

  /** @returns what taking it back needs */
  async mergeInto(survivor: string, now: string): Promise<unknown> {
    const { rows } = await sql<{ facts: unknown }>`
      select public.loyalty_merge_accounts(${this.profileId}, ${survivor}, ${now}, 'test', 'a merge') as facts`.execute(
      this.#sql,
    );
    return rows[0]?.facts;
  }

  /** Its own points come back from the survivor, with what these orders did meanwhile. */
  async takeBack(
    survivor: string,
    merged: { facts: unknown; orders: readonly string[]; whatRemains?: boolean },
    now: string,
  ): Promise<void> {
    const { facts, orders, whatRemains = false } = merged;
    await sql`select public.loyalty_unmerge_accounts(${this.profileId}, ${survivor}, ${JSON.stringify(facts)}::jsonb,
      ${[...orders]}::uuid[], ${whatRemains}, ${now}, 'test', 'a merge')`.execute(this.#sql);
  }

  async balance(): Promise<Balance> {
    return this.#sql
      .selectFrom('loyalty_account')
      .select(['active', 'pending', 'held', 'debt'])
      .where('profile_id', '=', this.profileId)
      .where('program_id', '=', this.programId)
      .executeTakeFirstOrThrow();
  }

  /** What is left of each lot, in the order in which they were opened. */
  async lots(): Promise<(Balance & { source: string; expireAt: Date | null })[]> {
    return this.#sql
      .selectFrom('lot')
      .select(['source', 'active', 'pending', 'held', 'expire_at as expireAt'])
      .select((eb) => eb.lit(0).as('debt'))
      .where('profile_id', '=', this.profileId)
      .where('program_id', '=', this.programId)
      .orderBy('id')
      .execute();
  }

  /** `KIND points` of every journal, oldest first. */
  async history(): Promise<string[]> {
    const journals = await this.#sql
      .selectFrom('loyalty_journal')
      .select(['kind', 'points'])
      .where('profile_id', '=', this.profileId)
      .where('program_id', '=', this.programId)
      .orderBy('revision')
      .execute();
    return journals.map(({ kind, points }) => `${kind} ${points}`);
  }
}

export interface Violation {
  invariant: string;
  facts: unknown;
}

/** Which of I1–I8 the database breaks; empty when all is well. */
export async function ledgerViolations(db: Sql): Promise<Violation[]> {
  return (await sql<Violation>`select invariant, facts from public.verify_ledger()`.execute(db)).rows;
}

/** A migrated database of its own for a test file that needs no API, opened as the application opens it. */
export function useTestDatabase(options: { poolSize?: number } = {}): {
  readonly database: Database;
  readonly sql: Sql;
  readonly url: string;
} {
  let opened: { database: Database; url: string } | undefined;
  let drop: (() => Promise<void>) | undefined;
  const log = createLog('silent');
  beforeAll(async () => {
    const { url, drop: dropDatabase } = await createTestDatabase();
    drop = dropDatabase;
    opened = {
      url,
      database: await openDatabase({ url, entities: [], log, role: APPLICATION_ROLE, ...options }),
    };
  });
  afterAll(async () => {
    await opened?.database.close();
    await drop?.();
  });
  const there = () => {
    if (opened === undefined) throw new Error('The database is not there before beforeAll.');
    return opened;
  };
  return {
    get database() {
      return there().database;
    },
    get sql() {
      return there().database.sql;
    },
    get url() {
      return there().url;
    },
  };
}
