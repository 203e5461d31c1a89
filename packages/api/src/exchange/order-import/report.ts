import { formatMoney } from '@clientele/shared/money';
import type { PoolClient } from 'pg';
import { readProblem, type RowProblem } from './row-problem.ts';

/** What storing did; absent in a dry run. */
export interface Posted {
  readonly persons: number;
  readonly orders: number;
  readonly lines: number;
  readonly gross: number;
  readonly earned: number;
  /** A document that undoes several purchases is a return of each. */
  readonly returns: number;
  readonly clawed: number;
  readonly linkedLines: number;
  readonly unlinkedLines: number;
}

export type OrderStatus = 'NEW' | 'UNCHANGED' | 'CONFLICT' | 'REJECTED' | 'SET_ASIDE';

export interface Tally {
  readonly documents: number;
  readonly lines: number;
  /** Minor units by currency. */
  readonly amount: Readonly<Record<string, number>>;
}

export interface ImportReport {
  readonly rows: number;
  readonly encoding: string;
  readonly delimiter: string;
  readonly orders: Readonly<Partial<Record<OrderStatus, Tally>>>;
  readonly returns: Readonly<Partial<Record<OrderStatus, Tally>>>;
  /** Rows that are no sale, by reason. */
  readonly setAside: Readonly<Record<string, number>>;
  /** Prices with more decimals than the currency: exact − stored amount of the new orders, a decimal by currency. */
  readonly rounding: Readonly<Record<string, { readonly orders: number; readonly difference: string }>>;
  /** The first problems in the order of the file. */
  readonly problems: readonly {
    readonly row: number;
    readonly externalId: string;
    readonly problem: RowProblem;
  }[];
  readonly newShoppers: number;
  /** Rows written to the error file. */
  readonly errorRows: number;
  readonly posted: Posted | null;
}

export interface ReportFacts {
  readonly rows: number;
  readonly encoding: string;
  readonly delimiter: string;
  readonly errorRows: number;
  readonly unfit: number;
  readonly posted: Posted | undefined;
  /** By the store's position. */
  readonly currencies: readonly string[];
}

const KEPT_PROBLEMS = 200;

/** Reads the report from the tables of the import. */
export async function readReport(client: PoolClient, facts: ReportFacts): Promise<ImportReport> {
  const { rows: tallies } = await client.query<{
    status: OrderStatus;
    is_return: boolean;
    store: number | null;
    documents: number;
    lines: number;
    amount: string;
    rounded: number;
    rest: string;
  }>(
    `select status, is_return, store, count(*) as documents, sum(lines) as lines, sum(gross - discount)::text as amount,
       count(*) filter (where rest <> 0) as rounded, sum(rest)::text as rest
     from import_order group by status, is_return, store order by store`,
  );
  // Looking through all lines again is worth it only where there is something to be found.
  const aside = facts.unfit === 0 ? [] : await readAside(client);
  const problems = await readProblems(client, facts.unfit > 0);
  const { rows: shoppers } = await client.query<{ count: number }>(
    `select count(*) as count from import_shopper s
     where not exists (select from public.identity_key k where k.blind_index = s.shopper)`,
  );
  const currency = (store: number | null): string => facts.currencies[store ?? 0] ?? '';
  const of = (isReturn: boolean): ImportReport['orders'] => {
    const byStatus: Partial<Record<OrderStatus, Tally>> = {};
    for (const row of tallies.filter((each) => each.is_return === isReturn)) {
      const before = byStatus[row.status] ?? { documents: 0, lines: 0, amount: {} };
      const code = currency(row.store);
      byStatus[row.status] = {
        documents: before.documents + row.documents,
        lines: before.lines + row.lines,
        amount: { ...before.amount, [code]: (before.amount[code] ?? 0) + Number(row.amount) },
      };
    }
    return byStatus;
  };
  const rounded = tallies.filter((row) => row.status === 'NEW' && !row.is_return && row.rounded > 0);
  return {
    rows: facts.rows,
    encoding: facts.encoding,
    delimiter: facts.delimiter,
    orders: of(false),
    returns: of(true),
    setAside: Object.fromEntries(aside.map(({ reason, rows }) => [reason, rows])),
    rounding: Object.fromEntries(
      rounded.map((row) => [
        currency(row.store),
        { orders: row.rounded, difference: exactDecimal(BigInt(row.rest), currency(row.store)) },
      ]),
    ),
    problems,
    newShoppers: facts.posted?.persons ?? shoppers[0]?.count ?? 0,
    errorRows: facts.errorRows,
    posted: facts.posted ?? null,
  };
}

async function readAside(client: PoolClient) {
  const { rows } = await client.query<{ reason: string; rows: number }>(
    `select set_aside as reason, count(*) as rows from import_line where set_aside is not null group by 1 order by 1`,
  );
  return rows;
}

async function readProblems(client: PoolClient, ofLines: boolean) {
  const told = ofLines
    ? `select row, external_id, problem from import_line where problem is not null
       union all
       select o.row, o.external_id, o.problem from import_order o where o.status = 'REJECTED'
         and not exists (select from import_line l where l.run = o.run and l.problem is not null)`
    : `select row, external_id, problem from import_order where status = 'REJECTED'`;
  const { rows } = await client.query<{ row: number; externalId: string; problem: string }>(
    `select row, external_id as "externalId", problem from (${told}) told order by row limit ${KEPT_PROBLEMS}`,
  );
  return rows.map((row) => ({ ...row, problem: readProblem(row.problem) }));
}

/** A decimal of the currency's major unit with as many digits as are needed. */
function exactDecimal(rest: bigint, currency: string): string {
  const digits = formatMoney(0, currency).length - 2;
  const scale = Math.max(0, digits) + 6;
  const sign = rest < 0n ? '-' : '';
  const text = (rest < 0n ? -rest : rest).toString().padStart(scale + 1, '0');
  return `${sign}${text.slice(0, -scale)}.${text.slice(-scale)}`.replace(/\.?0+$/, '') || '0';
}
