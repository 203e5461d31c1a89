import { formatMoney } from '@clientele/shared/money';
import type { ImportReport, OrderStatus, Tally } from './report.ts';

const ORDERS: Record<OrderStatus, string> = {
  NEW: 'new',
  UNCHANGED: 'stored before, unchanged',
  CONFLICT: 'stored before with another content: left as they are',
  REJECTED: 'refused',
  SET_ASIDE: 'no sale: set aside',
};

const SHOWN_PROBLEMS = 20;

/** The report as lines a person reads. */
export function reportInWords(report: ImportReport): string[] {
  return [
    `${count(report.rows, 'row')} read (${report.encoding}, columns separated by ${named(report.delimiter)})`,
    ...tallies('Orders', report.orders),
    ...tallies('Returns', report.returns),
    ...Object.entries(report.setAside).map(([reason, rows]) => `Set aside: ${count(rows, 'row')}: ${reason}`),
    ...Object.entries(report.rounding).map(
      ([currency, { orders, difference }]) =>
        `Prices with more decimals than ${currency} has, rounded half-up: ${count(orders, 'order')}, exact − stored = ${difference} ${currency}`,
    ),
    `New shoppers: ${report.newShoppers}`,
    ...postedLines(report),
    ...problemLines(report),
  ];
}

function tallies(title: string, byStatus: ImportReport['orders']): string[] {
  const entries = Object.entries(byStatus) as [OrderStatus, Tally][];
  if (entries.length === 0) return [];
  return [
    `${title}:`,
    ...entries.map(
      ([status, { documents, lines, amount }]) =>
        `  ${documents} ${ORDERS[status]}${lines > 0 ? `, ${count(lines, 'line')}, ${moneyOf(amount)}` : ''}`,
    ),
  ];
}

function moneyOf(amount: Readonly<Record<string, number>>): string {
  return Object.entries(amount)
    .map(([currency, minor]) => `${formatMoney(minor, currency)} ${currency}`)
    .join(', ');
}

function postedLines({ posted, returns }: ImportReport): string[] {
  if (posted === null) return ['Nothing was written: this was a dry run.'];
  const lines = [`Points earned: ${posted.earned}; taken back by returns: ${posted.clawed}`];
  if (returns.NEW !== undefined) {
    lines.push(
      `Lines of returns that found their purchase: ${posted.linkedLines}; that did not (money only): ${posted.unlinkedLines}`,
    );
  }
  return lines;
}

function problemLines({ problems, orders, returns, errorRows }: ImportReport): string[] {
  if (problems.length === 0) return [];
  const shown = problems.slice(0, SHOWN_PROBLEMS);
  const refused = (orders.REJECTED?.documents ?? 0) + (returns.REJECTED?.documents ?? 0);
  return [
    `Why ${count(refused, 'order')} ${refused === 1 ? 'was' : 'were'} refused, first ${shown.length}:`,
    ...shown.map(
      ({ row, externalId, problem }) => `  line ${row}, ${externalId || 'no number'}: ${problem.words}`,
    ),
    ...(errorRows > 0 ? [`${count(errorRows, 'row')} in the error file: correct and import it.`] : []),
  ];
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

function named(delimiter: string): string {
  return delimiter === '\t' ? 'tabs' : `"${delimiter}"`;
}
