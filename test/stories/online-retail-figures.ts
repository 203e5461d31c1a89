import type { Expected } from '../bench/import/check-online-retail.ts';

interface Row {
  readonly invoice: string;
  readonly sku: string;
  readonly customer: string;
  /** YYYY-MM-DD on the wall in London. */
  readonly day: string;
  readonly price: bigint;
  /** Thousandths of a pound. */
  readonly amount: bigint;
}

/** The figures of `expected_aggregates.json` for any rows of the file, computed from its text and nothing else. */
export function figuresOf(records: readonly string[][]): Expected {
  const rows = records.map(rowOf);
  const known = rows.filter(({ customer }) => customer !== '');
  const sales = known.filter((row) => !isBack(row));
  const invoicesOf = countBy(
    sales,
    ({ customer }) => customer,
    ({ invoice }) => invoice,
  );
  const lastDays = [...Map.groupBy(sales, ({ customer }) => customer).values()].map(
    (own) =>
      own
        .map(({ day }) => day)
        .toSorted()
        .at(-1) ?? '',
  );
  const recency = lastDays.map((day) => (Date.parse('2011-12-10') - Date.parse(day)) / 86_400_000);
  return {
    rows: rows.length,
    invoices: new Set(rows.map(({ invoice }) => invoice)).size,
    cancellation_invoices: new Set(rows.filter(isBack).map(({ invoice }) => invoice)).size,
    customers: new Set(known.map(({ customer }) => customer)).size,
    gross_sales_gbp: pounds(sum(rows.filter((row) => !isBack(row) && row.amount > 0n)), true),
    cancellations_gbp: pounds(sum(rows.filter(isBack))),
    negative_price_rows: rows.filter(({ price }) => price < 0n).length,
    zero_price_rows: rows.filter(({ price }) => price === 0n).length,
    net_by_month_gbp: Object.fromEntries(
      [...Map.groupBy(rows, ({ day }) => day.slice(0, 7))]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([month, own]) => [month, pounds(sum(own))]),
    ),
    top10_skus_net_gbp_identified_customers: top(known, ({ sku }) => sku),
    top10_customers_net_gbp: top(known, ({ customer }) => customer),
    customers_by_invoice_count: {
      '1': within(invoicesOf, 1, 1),
      '2-3': within(invoicesOf, 2, 3),
      '4-9': within(invoicesOf, 4, 9),
      '10+': within(invoicesOf, 10, Infinity),
    },
    'recency_days_at_2011-12-10': {
      '0-29': within(recency, 0, 29),
      '30-89': within(recency, 30, 89),
      '90-179': within(recency, 90, 179),
      '180+': within(recency, 180, Infinity),
    },
  };
}

function rowOf([invoice = '', sku = '', , quantity = '', at = '', price = '', customer = '']: string[]): Row {
  const [whole = '0', fraction = ''] = price.split('.');
  const thousandths = BigInt(whole + fraction.padEnd(3, '0'));
  return {
    invoice,
    sku,
    customer,
    day: at.slice(0, 10),
    price: thousandths,
    amount: BigInt(quantity) * thousandths,
  };
}

function isBack({ invoice }: Row): boolean {
  return invoice.startsWith('C');
}

function sum(rows: readonly Row[]): bigint {
  return rows.reduce((total, { amount }) => total + amount, 0n);
}

function countBy(rows: readonly Row[], key: (row: Row) => string, of: (row: Row) => string): number[] {
  return [...Map.groupBy(rows, key).values()].map((own) => new Set(own.map(of)).size);
}

function within(values: readonly number[], from: number, to: number): number {
  return values.filter((value) => value >= from && value <= to).length;
}

function top(rows: readonly Row[], key: (row: Row) => string): [string, string][] {
  return [...Map.groupBy(rows, key)]
    .map(([name, own]) => [name, sum(own)] as const)
    .toSorted(([a, x], [b, y]) => Number(y - x) || (a < b ? -1 : 1))
    .slice(0, 10)
    .map(([name, amount]) => [name, pounds(amount)]);
}

/** @param exact with the third decimal, which the published gross sum has */
function pounds(thousandths: bigint, exact = false): string {
  const text = (thousandths < 0n ? -thousandths : thousandths).toString().padStart(4, '0');
  const decimal = `${text.slice(0, -3)}.${text.slice(-3)}`;
  return `${thousandths < 0n ? '-' : ''}${exact ? decimal : decimal.slice(0, -1)}`;
}
