import { formatMoney } from '@clientele/shared/money';
import { stringify } from 'csv-stringify/sync';
import { audit, demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { keepFile } from '../../../platform/files/index.ts';
import { startTask, type TaskKind } from '../../../platform/tasks/index.ts';
import { findProgram } from '../../program/programs.ts';
import { readLiability, type LiabilityRecord, type WorthOfMonth } from './read-liability.ts';

type FileLanguage = 'ru' | 'en';

/** @returns the id of the task @throws InvalidInput @throws RequestError FORBIDDEN */
export async function startLiabilityExport(
  ctx: Context,
  facts: { programId: string; language: FileLanguage },
): Promise<string> {
  demandScope(ctx, 'loyalty.read');
  if ((await readLiability(ctx, facts.programId)) === null)
    throw invalid('programId', 'UNKNOWN', 'no such program');
  return inTransaction(ctx, async (tx) => {
    await audit(tx, { action: 'liability.exported', subject: `program:${facts.programId}` });
    return startTask(tx, { kind: liabilityExport.kind, facts });
  });
}

/** The forecast as a table: by month of expiry, of activation, and what became of points. */
export const liabilityExport: TaskKind = {
  kind: 'liability.export',
  scope: 'loyalty.read',
  run: async (ctx, facts) => {
    const { programId, language } = facts as { programId: string; language: FileLanguage };
    const [program, liability] = await Promise.all([
      findProgram(ctx, programId),
      readLiability(ctx, programId),
    ]);
    if (program === null || liability === null) throw invalid('programId', 'UNKNOWN', 'no such program');
    const file = await keepFile(ctx, {
      name: `${language === 'ru' ? 'обязательства' : 'liability'}-${liability.takenAt.toISOString().slice(0, 10)}.csv`,
      type: 'text/csv; charset=utf-8',
      scope: 'loyalty.read',
      stream: rowsOf(program.name, liability, language),
    });
    return { fileId: file.id };
  },
};

/** `;` and a byte order mark, as spreadsheets of this country open it. */
async function* rowsOf(
  name: string,
  liability: LiabilityRecord,
  language: FileLanguage,
): AsyncGenerator<string> {
  const words = WORDS[language];
  const { used, takenAt, worth } = liability;
  const currencies = worth.map(({ currency }) => currency);
  const money = currencies.flatMap((code) => [`${words.net}, ${code}`, `${words.gross}, ${code}`]);
  const points = [words.active, words.held, words.pending];
  yield `\uFEFF${csv([
    [words.program, name],
    [words.takenAt, takenAt.toISOString()],
    [words.pendingShare, percent(used.pendingBp)],
    [words.redemptionShare, percent(used.redemptionBp)],
    [],
    [words.byExpiry, ...points, ...money],
    ...monthRows(liability.byExpiry, words.never),
    [words.total, ...monthCells({ ...liability, month: null })],
    [],
    [words.byActivation, ...points, ...money],
    ...monthRows(liability.byActivation, words.never),
    [],
    [
      words.month,
      words.activated,
      words.captured,
      words.restored,
      words.expired,
      words.redemption,
      words.breakage,
    ],
    ...liability.months.map((row) => [
      row.month,
      ...[row.activated, row.captured, row.restored, row.expired].map(String),
      percent(row.redemptionBp),
      percent(row.breakageBp),
    ]),
  ])}`;
}

function monthRows(months: readonly WorthOfMonth[], never: string): string[][] {
  return months.map((month) => [month.month ?? never, ...monthCells(month)]);
}

function monthCells({ active, held, pending, worth }: WorthOfMonth): string[] {
  return [
    ...[active, held, pending].map(String),
    ...worth.flatMap(({ net, gross, currency }) => [
      formatMoney(net, currency),
      formatMoney(gross, currency),
    ]),
  ];
}

function percent(bp: number | null): string {
  return bp === null ? '' : `${formatMoney(bp, 'RUB')} %`;
}

function csv(rows: readonly (readonly string[])[]): string {
  return stringify(
    rows.map((row) => [...row]),
    { delimiter: ';', escape_formulas: true, relax_column_count: true } as Parameters<typeof stringify>[1],
  );
}

const WORDS = {
  ru: {
    program: 'Программа',
    takenAt: 'Посчитано',
    pendingShare: 'Доля замороженных, которая переживёт возвраты (q)',
    redemptionShare: 'Доля баллов, которая будет потрачена (URR)',
    byExpiry: 'Сгорают в месяце',
    byActivation: 'Активируются в месяце',
    never: 'бессрочно',
    total: 'Всего',
    active: 'Активные',
    held: 'Отложенные',
    pending: 'Замороженные',
    net: 'Обязательства',
    gross: 'Обязательства при URR 100 %',
    month: 'Месяц',
    activated: 'Стали активными',
    captured: 'Потрачены',
    restored: 'Возвращены покупателям',
    expired: 'Сгорели',
    redemption: 'Доля потраченных (N11)',
    breakage: 'Доля сгоревших (N12)',
  },
  en: {
    program: 'Program',
    takenAt: 'Counted at',
    pendingShare: 'Share of frozen points that survives returns (q)',
    redemptionShare: 'Share of points that will be spent (URR)',
    byExpiry: 'Expire in',
    byActivation: 'Become active in',
    never: 'never',
    total: 'Total',
    active: 'Active',
    held: 'Held',
    pending: 'Frozen',
    net: 'Liability',
    gross: 'Liability at URR 100 %',
    month: 'Month',
    activated: 'Became active',
    captured: 'Spent',
    restored: 'Given back',
    expired: 'Expired',
    redemption: 'Redemption (N11)',
    breakage: 'Breakage (N12)',
  },
} as const;
