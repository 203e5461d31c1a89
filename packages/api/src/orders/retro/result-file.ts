import { formatMoney } from '@clientele/shared/money';
import { stringify } from 'csv-stringify/sync';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { keepFile } from '../../platform/files/index.ts';

interface ResultRow {
  id: string;
  profileId: string;
  source: string;
  number: string;
  store: string;
  occurredAt: Date;
  toPay: number;
  currency: string;
  points: number;
  cut: number;
}

const BATCH = 1_000;
const COLUMNS = [
  'customer',
  'source',
  'order',
  'store',
  'purchased at',
  'paid',
  'currency',
  'points',
  'cut by the cap',
];
const KEEP_MS = 30 * 86_400_000;

/** Every purchase of a run with its points, as a table; no contacts. @returns the id of the file */
export async function keepResult(ctx: Context, runId: string): Promise<string> {
  const now = ctx.clock.now();
  const file = await keepFile(ctx, {
    name: `retro-${now.toISOString().slice(0, 10)}.csv`,
    type: 'text/csv; charset=utf-8',
    scope: 'loyalty.write',
    stream: rowsOf(ctx, runId),
    expiresAt: new Date(now.getTime() + KEEP_MS),
    holdsList: true,
  });
  return file.id;
}

async function* rowsOf(ctx: Context, runId: string): AsyncGenerator<string> {
  yield `\uFEFF${csv([COLUMNS])}`;
  let last: { profileId: string; id: string } | undefined = { profileId: NIL, id: NIL };
  while (last !== undefined) {
    const rows: ResultRow[] = await readRows(ctx, runId, last);
    if (rows.length > 0) yield csv(rows.map(cells));
    last = rows.at(-1);
  }
}

const NIL = '00000000-0000-0000-0000-000000000000';

async function readRows(
  ctx: Context,
  runId: string,
  after: { profileId: string; id: string },
): Promise<ResultRow[]> {
  const { rows } = await sql<ResultRow>`
    select granted.id, granted.profile_id as "profileId", o.source, o.external_id as number, store.code as store,
      o.occurred_at as "occurredAt", o.to_pay as "toPay", o.currency, granted.points, granted.cut
    from public.retro_grant granted
    join public.orders o on o.profile_id = granted.profile_id and o.id = granted.order_id
    join public.store on store.id = o.store_id
    where granted.run_id = ${runId} and (granted.profile_id, granted.id) > (${after.profileId}::uuid, ${after.id}::uuid)
    order by granted.profile_id, granted.id limit ${BATCH}`.execute(ctx.sql);
  return rows;
}

function cells(row: ResultRow): string[] {
  return [
    row.profileId,
    row.source,
    row.number,
    row.store,
    row.occurredAt.toISOString(),
    formatMoney(row.toPay, row.currency),
    row.currency,
    String(row.points),
    String(row.cut),
  ];
}

/** A cell that a spreadsheet would read as a formula begins with an apostrophe. */
function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', escape_formulas: true },
  );
}
