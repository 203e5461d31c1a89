import { query } from '../harness/server.ts';

/** One figure of `expected_aggregates.json` and what the database says instead; none: everything is equal. */
export interface Difference {
  readonly figure: string;
  readonly expected: unknown;
  readonly found: unknown;
}

export interface Expected {
  readonly rows: number;
  readonly invoices: number;
  readonly cancellation_invoices: number;
  readonly customers: number;
  readonly gross_sales_gbp: string;
  readonly cancellations_gbp: string;
  readonly negative_price_rows: number;
  readonly zero_price_rows: number;
  readonly net_by_month_gbp: Readonly<Record<string, string>>;
  readonly top10_skus_net_gbp_identified_customers: readonly (readonly [string, string])[];
  readonly top10_customers_net_gbp: readonly (readonly [string, string])[];
  readonly customers_by_invoice_count: Readonly<Record<string, number>>;
  readonly 'recency_days_at_2011-12-10': Readonly<Record<string, number>>;
}

/** What an import keeps of the file: the exact difference that rounding made, and rows that are no sale. */
export interface Kept {
  /** Exact − stored, a decimal of pounds. */
  readonly rounding: string;
  /** Of one row each: stock written off at no price. */
  readonly setAside: number;
}

const SALE = `select o.id, o.external_id, o.occurred_at, l.sku, l.unit_price, l.gross as amount, o.profile_id, o.identified_at is not null as known
  from orders o join order_line l on l.profile_id = o.profile_id and l.order_id = o.id where o.source = $1`;
const RETURN = `select r.id, r.external_id, r.occurred_at, l.sku, coalesce(sold.unit_price, -1) as unit_price, -l.money_back as amount,
    r.profile_id, p.kind = 'PERSON' as known, l.position
  from order_return r join return_line l on l.profile_id = r.profile_id and l.return_id = r.id
  join profile p on p.id = r.profile_id
  left join order_line sold on sold.profile_id = r.profile_id and sold.order_id = r.order_id and sold.number = l.number
  where r.source = $1`;
const BOTH = `(select external_id, occurred_at, sku, amount, profile_id, known from (${SALE}) sale
  union all select external_id, occurred_at, sku, amount, profile_id, known from (${RETURN}) back) both_ways`;
const CUSTOMER = `(select i.masked from identity i where i.profile_id = both_ways.profile_id and i.source = $1)`;

/** Recomputes every figure from what was stored of the source. Days are those of the store's wall in London. */
export async function checkOnlineRetail(
  url: string,
  source: string,
  expected: Expected,
  kept: Kept,
): Promise<Difference[]> {
  const figures = await readFigures(url, source, kept);
  return Object.entries(figures)
    .filter(([figure, found]) => JSON.stringify(found) !== JSON.stringify(expected[figure as keyof Expected]))
    .map(([figure, found]) => ({ figure, found, expected: expected[figure as keyof Expected] }));
}

async function readFigures(url: string, source: string, kept: Kept): Promise<Record<string, unknown>> {
  const all = <Row extends object>(text: string): Promise<Row[]> => query<Row>(url, text, [source]);
  const one = async (text: string): Promise<string> => {
    const [row] = await all<{ value: string | number | null }>(`select (${text})::text as value`);
    return String(row?.value);
  };
  const number = async (text: string): Promise<number> => Number(await one(text));
  const saleRows = await number(`select count(*) from (${SALE}) sale`);
  // A line that undoes several purchases is stored once for each; the file has it once.
  const returnRows = await number(
    `select (report #>> '{returns,NEW,lines}') from import_run where source = $1 and state = 'DONE' order by started_at limit 1`,
  );
  const cancelled = await number(`select count(distinct external_id) from order_return where source = $1`);
  const sales = BigInt(await one(`select sum(amount) from (${SALE}) sale`));
  const net = await all<{ month: string; minor: string }>(
    `select to_char(occurred_at at time zone 'Europe/London', 'YYYY-MM') as month, sum(amount)::text as minor
     from ${BOTH} group by 1 order by 1`,
  );
  const rounded = await roundedMonth(url, source);
  return {
    rows: saleRows + returnRows + kept.setAside,
    invoices: (await number(`select count(*) from orders where source = $1`)) + cancelled + kept.setAside,
    cancellation_invoices: cancelled,
    customers: await number(`select count(*) from identity where source = $1`),
    gross_sales_gbp: plus(sales, kept.rounding),
    cancellations_gbp: pounds(BigInt(await one(`select sum(amount) from (${RETURN}) back`))),
    negative_price_rows: await number(`select count(*) from (${SALE}) sale where unit_price < 0`),
    zero_price_rows:
      (await number(`select count(*) from (${SALE}) sale where amount = 0 and sku <> 'PADS'`)) +
      kept.setAside,
    net_by_month_gbp: Object.fromEntries(
      net.map(({ month, minor }) => [
        month,
        month === rounded ? plus(BigInt(minor), kept.rounding) : pounds(BigInt(minor)),
      ]),
    ),
    top10_skus_net_gbp_identified_customers: pairs(
      await all(`select sku as name, sum(amount)::text as minor from ${BOTH} where known group by 1
        order by sum(amount) desc, 1 limit 10`),
    ),
    top10_customers_net_gbp: pairs(
      await all(`select ${CUSTOMER} as name, sum(amount)::text as minor from ${BOTH} where known
        group by profile_id order by sum(amount) desc, 1 limit 10`),
    ),
    customers_by_invoice_count: await bins(url, source, `count(distinct external_id)`, [
      ['1', 1, 1],
      ['2-3', 2, 3],
      ['4-9', 4, 9],
      ['10+', 10, 1_000_000],
    ]),
    'recency_days_at_2011-12-10': await bins(
      url,
      source,
      `date '2011-12-10' - max((occurred_at at time zone 'Europe/London')::date)`,
      [
        ['0-29', 0, 29],
        ['30-89', 30, 89],
        ['90-179', 90, 179],
        ['180+', 180, 1_000_000],
      ],
    ),
  };
}

/** The month of the one price that has more decimals than money: the file's sums are exact, ours are in pence. */
async function roundedMonth(url: string, source: string): Promise<string | undefined> {
  const rows = await query<{ month: string }>(
    url,
    `select to_char(occurred_at at time zone 'Europe/London', 'YYYY-MM') as month from (${SALE}) sale where sku = 'PADS'`,
    [source],
  );
  return rows[0]?.month;
}

async function bins(
  url: string,
  source: string,
  figure: string,
  edges: readonly (readonly [string, number, number])[],
): Promise<Record<string, number>> {
  const rows = await query<{ figure: string }>(
    url,
    `select ${figure} as figure from (${SALE}) sale where known group by profile_id`,
    [source],
  );
  return Object.fromEntries(
    edges.map(([name, from, to]) => [
      name,
      rows.filter((row) => Number(row.figure) >= from && Number(row.figure) <= to).length,
    ]),
  );
}

function pairs(rows: readonly object[]): [string, string][] {
  return (rows as { name: string; minor: string }[]).map(({ name, minor }) => [name, pounds(BigInt(minor))]);
}

function pounds(minor: bigint): string {
  const text = (minor < 0n ? -minor : minor).toString().padStart(3, '0');
  return `${minor < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
}

/** Exact: stored pence and the thousandths that rounding took. */
function plus(minor: bigint, rest: string): string {
  const thousandths = minor * 10n + BigInt(Math.round(Number(rest) * 1000));
  const text = thousandths.toString().padStart(4, '0');
  return `${text.slice(0, -3)}.${text.slice(-3)}`;
}
