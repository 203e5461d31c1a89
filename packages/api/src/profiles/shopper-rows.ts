import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import type { Tables } from '../platform/database/tables.ts';

/** A table of a shopper's rows, told by the room that owns it; the list of all is made where the app is assembled. */
export interface ShopperRows {
  table: keyof Tables;
  /**
   * What becomes of them when two profiles turn out to be one person. `MOVE`: they go to the survivor, each with its
   * own id. `KEEP`: they stay with the profile they were written for and are read through `merged_into`: ledger,
   * consents, audit.
   */
  atMerge: 'MOVE' | 'KEEP';
  /** What tells a shopper's row from the others, so that it is found again when a merge is undone; `id` where absent. */
  key?: string;
  /** Rows that go where another's go, lines with their order: `column` holds the key of a row of `table`. */
  with?: { table: keyof Tables; column: string };
  /** Small tables that tell whose a row is: their `profile_id` follows it; `column` holds its key. */
  lookups?: readonly { table: keyof Tables; column: string }[];
  /** What has to be done first. In the same transaction. */
  arrange?: (tx: Context, from: string, to: string) => Promise<void>;
  /**
   * Where moving is more than that: two accounts become one, lot by lot. In the same transaction.
   * @returns what `unmove` needs, if anything
   */
  move?: (tx: Context, from: string, to: string, mergeId: string) => Promise<unknown>;
  /** What `move` did is undone. */
  unmove?: (tx: Context, back: MovedBack) => Promise<void>;
  /** What of them a person gets who asks for their data; `NOTHING`: they tell no more than another section does. */
  export: PersonSection | 'NOTHING';
  /**
   * What becomes of them when the person is erased. `DELETE`: every row goes. `KEEP`: nothing in them tells who it
   * was (ledger, purchases): ids, sums and moments only. A function where it is less than all or more than that.
   */
  erase: 'DELETE' | 'KEEP' | ((tx: Context, profileId: string) => Promise<void>);
}

/** A merge on its way back. */
export interface MovedBack {
  mergeId: string;
  survivorId: string;
  /** Who gets their own back. */
  profileId: string;
  /** What `move` returned. */
  facts: unknown;
  /** Keys of the rows of a table that go back too, as they stood at the merge. */
  keysOf(table: keyof Tables): readonly string[];
  /** What cannot go back whole is given up; else that is refused. */
  whatRemains: boolean;
}

/** One part of the data a person is given. */
export interface PersonSection {
  /** Of the JSON, e.g. `orders`. */
  name: string;
  /** Plain values a person can read; contacts in the clear. */
  rows(ctx: Context, profileId: string): Promise<Record<string, unknown>[]>;
}

/**
 * A section that is simply some columns of a table.
 * @param columns by the name they are given under; the first two put the rows in order
 */
export function columnsOf(
  name: string,
  table: keyof Tables,
  columns: Readonly<Record<string, string>>,
): PersonSection {
  const selected = sql.join(
    Object.entries(columns).map(([shown, column]) => sql`${sql.ref(column)} as ${sql.ref(shown)}`),
  );
  return {
    name,
    rows: async (ctx, profileId) => {
      const { rows } = await sql<Record<string, unknown>>`
        select ${selected} from ${sql.table(`public.${table}`)} where profile_id = ${profileId} order by 1, 2`.execute(
        ctx.sql,
      );
      return rows;
    },
  };
}
