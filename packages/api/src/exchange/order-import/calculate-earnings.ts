import { lineGross } from '@clientele/shared/money';
import { calculateReceipt } from '@clientele/shared/receipt';
import type { DraftLine, LineKind, Quote } from '@clientele/shared/receipt';
import type { PoolClient } from 'pg';
import { modeAt, versionAt } from '../../loyalty/index.ts';
import type { ProgramRecord, ProgramVersionRecord } from '../../loyalty/index.ts';

interface LineRow {
  readonly seq: number;
  readonly occurred_at: Date;
  readonly store: number;
  readonly profile_id: string | null;
  readonly number: number;
  readonly sku: string;
  readonly kind: LineKind;
  readonly earnable: boolean;
  readonly quantity_milli: number;
  readonly gross: number;
  readonly discount: number;
  readonly goods: { readonly brand?: string; readonly categories?: string[] };
}

export interface EarningOptions {
  readonly client: PoolClient;
  /** By the store's position. */
  readonly programs: readonly (ProgramRecord | null)[];
  readonly currencies: readonly string[];
  readonly now: Date;
  /** Points granted before in the windows of limits; see `countsBefore`. */
  readonly limitsUsed: (
    program: ProgramRecord,
    profileId: string | null,
    at: Date,
  ) => Promise<Record<string, number>>;
}

/** Whether an order of the program earns less for what was granted before: such orders are stored one by one. */
export function countsBefore(program: ProgramRecord | null): boolean {
  const versions = program?.versions ?? [];
  return versions.some(({ settings }) => settings.earningLimits.some(({ window }) => window !== 'RECEIPT'));
}

/**
 * Calculates what the orders of a batch earn, each by the version that held when it happened, into `import_earning`
 * and `import_line_earning`. Orders nobody known made are calculated too: they earn when somebody is attached later.
 */
export async function calculateEarnings(options: EarningOptions, from: number, to: number): Promise<void> {
  const { client, programs } = options;
  await client.query('truncate pg_temp.import_earning, pg_temp.import_line_earning');
  if (!programs.some((program) => program !== null && modeAt(program, options.now) !== 'OFF')) return;
  const { rows } = await client.query<LineRow>(
    `select o.seq, o.occurred_at, o.store, person.profile_id, l.number, l.sku, l.kind, l.earnable, l.quantity_milli,
       l.gross, l.discount, l.goods
     from public.import_lines($1, $2) l join import_order o on o.seq = l.seq
     left join import_person person on person.shopper = o.shopper
     order by l.seq, l.number`,
    [from, to],
  );
  const earnings: Earning[] = [];
  for (const lines of ordersOf(rows)) {
    const earning = await earningOf(options, lines);
    if (earning !== null) earnings.push(earning);
  }
  await store(client, earnings);
}

interface Earning {
  readonly seq: number;
  readonly programId: string;
  readonly version: ProgramVersionRecord;
  readonly quote: Quote;
  readonly limitsUsed: Record<string, number>;
}

function* ordersOf(rows: readonly LineRow[]): Generator<LineRow[]> {
  let lines: LineRow[] = [];
  for (const row of rows) {
    if (lines[0] !== undefined && lines[0].seq !== row.seq) {
      yield lines;
      lines = [];
    }
    lines.push(row);
  }
  if (lines.length > 0) yield lines;
}

async function earningOf(options: EarningOptions, lines: readonly LineRow[]): Promise<Earning | null> {
  const { programs, currencies, now } = options;
  const [first] = lines;
  const program = first && programs[first.store];
  if (first === undefined || !program || modeAt(program, now) === 'OFF') return null;
  const version = versionAt(program, first.occurred_at);
  if (version === null) return null;
  const limitsUsed = countsBefore(program)
    ? await options.limitsUsed(program, first.profile_id, first.occurred_at)
    : {};
  const quote = calculateReceipt({
    currency: currencies[first.store] ?? '',
    lines: lines.map(lineOf),
    settings: version.settings,
    mode: 'EARN_ONLY',
    // What tier and tags somebody had then is not known: as a new member.
    shopper: { known: true, verified: true, blocked: false, available: 0 },
    spend: { kind: 'NONE' },
    occurredAt: first.occurred_at.getTime(),
    limitsUsed,
  });
  return { seq: first.seq, programId: program.id, version, quote, limitsUsed };
}

/**
 * Its amount is a fact of the file, whatever price made it up: pieces at the nearest price, or where no price of whole
 * kopecks gives the amount, one piece of it.
 */
function lineOf(row: LineRow): DraftLine {
  const { brand, categories } = row.goods;
  const price = Math.round((row.gross * 1000) / row.quantity_milli);
  const fits = Math.abs(lineGross(row.quantity_milli, price) - row.gross) <= 1;
  return {
    number: row.number,
    sku: row.sku,
    kind: row.kind,
    ...(fits
      ? { quantityMilli: row.quantity_milli, unitPrice: price, amount: row.gross }
      : { quantityMilli: 1000, unitPrice: row.gross }),
    discount: row.discount,
    earnable: row.earnable,
    brand,
    categories,
  };
}

function termsOf({ version, quote, limitsUsed }: Earning) {
  const { freezeDays, ttlDays, timezone } = version.settings;
  return {
    freezeDays,
    ttlDays,
    timezone,
    tierCode: null,
    shopperTags: [],
    limitsUsed,
    rules: quote.earning.rules,
  };
}

async function store(client: PoolClient, all: readonly Earning[]): Promise<void> {
  if (all.length === 0) return;
  await client.query(
    `insert into pg_temp.import_earning (seq, program_id, version_id, planned, terms)
     select * from unnest($1::integer[], $2::uuid[], $3::uuid[], $4::bigint[], $5::jsonb[])`,
    [
      all.map(({ seq }) => seq),
      all.map(({ programId }) => programId),
      all.map(({ version }) => version.id),
      all.map(({ quote }) => quote.earning.points),
      all.map((earning) => JSON.stringify(termsOf(earning))),
    ],
  );
  const lines = all.flatMap(({ seq, quote }) => quote.lines.map((line) => ({ seq, line })));
  await client.query(
    `insert into pg_temp.import_line_earning (seq, number, earnable, base, share)
     select * from unnest($1::integer[], $2::integer[], $3::boolean[], $4::bigint[], $5::bigint[])`,
    [
      lines.map(({ seq }) => seq),
      lines.map(({ line }) => line.number),
      lines.map(({ line }) => line.earnable),
      lines.map(({ line }) => line.earnBase),
      lines.map(({ line }) => line.earnShare),
    ],
  );
}
