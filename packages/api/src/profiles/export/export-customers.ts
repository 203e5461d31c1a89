import { audit, contactsShown } from '../../company/index.ts';
import { formatMoney } from '@clientele/shared/money';
import type { Context } from '../../platform/context.ts';
import { keepFile } from '../../platform/files/index.ts';
import { LONGEST_PAGE } from '../../platform/graphql/paging.ts';
import type { Report, TaskKind } from '../../platform/tasks/index.ts';
import { listCustomers, type CustomerRow } from '../customers/list-customers.ts';
import { openFilter, type ListAsked } from '../customers/sealed-filter.ts';
import { contactsForFile } from '../identities/contacts.ts';
import { safeCell } from './safe-cell.ts';
import type { FileLanguage } from './section-words.ts';

export const EXPORT_CUSTOMERS = 'customers.export';

interface Order extends ListAsked {
  language: FileLanguage;
}

/** A list of people as CSV: contacts as its starter may see them; who made it, and of how many, is written down. */
export const exportCustomers: TaskKind = {
  kind: EXPORT_CUSTOMERS,
  scope: 'profiles.export',
  run: async (ctx, facts, report, signal) => {
    const order: Order = {
      ...openFilter(ctx, facts),
      language: facts['language'] === 'en' ? 'en' : 'ru',
    };
    const told = { rows: 0 };
    const file = await keepFile(ctx, {
      name: order.language === 'ru' ? 'покупатели.csv' : 'shoppers.csv',
      type: 'text/csv; charset=utf-8',
      stream: lines(ctx, order, told, report, signal),
      holdsList: true,
    });
    await audit(ctx, {
      action: 'customers.exported',
      subject: `file:${file.id}`,
      facts: { rows: told.rows, contacts: contactsShown(ctx.actor), filters: Object.keys(order.filter) },
    });
    return { fileId: file.id, result: { rows: told.rows } };
  },
};

async function* lines(
  ctx: Context,
  { filter, sort, language }: Order,
  told: { rows: number },
  report: Report,
  signal: AbortSignal,
): AsyncGenerator<string> {
  yield `\uFEFF${HEADERS[language].map(safeCell).join(';')}\r\n`;
  let after: string | null = null;
  do {
    signal.throwIfAborted();
    const page = await listCustomers(ctx, { filter, sort, first: LONGEST_PAGE, after });
    const rows = page.edges.map(({ node }) => node);
    for (const cells of await cellsOf(ctx, rows)) yield `${cells.map(safeCell).join(';')}\r\n`;
    told.rows += rows.length;
    report(told.rows, null);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after !== null);
}

const HEADERS: Record<FileLanguage, string[]> = {
  ru: [
    'Фамилия',
    'Имя',
    'Отчество',
    'Телефон',
    'Эл. почта',
    'Дата рождения',
    'Пол',
    'Метки',
    'Не беспокоить',
    'Покупок',
    'Потрачено',
    'Последняя покупка',
    'Создан',
  ],
  en: [
    'Family name',
    'Given name',
    'Patronymic',
    'Phone',
    'E-mail',
    'Birth date',
    'Gender',
    'Tags',
    'Do not disturb',
    'Orders',
    'Spent',
    'Last order',
    'Created',
  ],
};

async function cellsOf(ctx: Context, rows: readonly CustomerRow[]): Promise<string[][]> {
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const profiles = await ctx.sql.selectFrom('profile').selectAll().where('id', 'in', ids).execute();
  const byId = new Map(profiles.map((profile) => [profile.id, profile]));
  const phones = await contactsForFile(ctx, 'PHONE', ids);
  const emails = await contactsForFile(ctx, 'EMAIL', ids);
  return rows.flatMap(({ id, ordersCount, spent, lastOrderAt }) => {
    const profile = byId.get(id);
    if (profile === undefined) return [];
    return [
      [
        profile.family_name ?? '',
        profile.given_name ?? '',
        profile.patronymic ?? '',
        phones.get(id) ?? '',
        emails.get(id) ?? '',
        profile.birth_date ?? '',
        profile.gender ?? '',
        profile.tags.join(', '),
        profile.do_not_disturb ? '+' : '',
        String(ordersCount),
        spent.map(({ minor, currency }) => `${formatMoney(minor, currency)} ${currency}`).join(', '),
        lastOrderAt === null ? '' : new Date(lastOrderAt).toISOString(),
        profile.created_at.toISOString(),
      ],
    ];
  });
}
