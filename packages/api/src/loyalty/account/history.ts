import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { JournalKind } from '../ledger/journal.entity.ts';
import type { Language } from '../program/rules-text.ts';

export interface HistoryRecord {
  /** Of the profile it was posted to: perhaps one that was merged since. */
  profileId: string;
  id: string;
  kind: JournalKind;
  points: number;
  occurredAt: Date;
  postedAt: Date;
  activeAfter: number;
  orderId: string | null;
  reason: string | null;
}

/** An entry with the program it was posted in. */
export interface Journal extends HistoryRecord {
  programId: string;
}

const COLUMNS =
  sql.raw(`profile_id as "profileId", id, kind, points, occurred_at as "occurredAt", posted_at as "postedAt",
  active_after as "activeAfter", order_id as "orderId", reason`);

/** What happened to an account, the newest first; what merged profiles brought along included. */
export async function readHistory(
  ctx: Context,
  account: { profileId: string; programId: string },
  limit: number,
  before: { postedAt: string; id: string } | null,
): Promise<HistoryRecord[]> {
  const { rows } = await sql<HistoryRecord>`
    select ${COLUMNS} from public.loyalty_journal
    where profile_id in (select public.loyalty_family(${account.profileId}, ${account.programId}))
      and program_id = ${account.programId}
      and (${before === null} or (posted_at, id) < (${before?.postedAt ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by posted_at desc, id desc limit ${limit}`.execute(ctx.sql);
  return rows;
}

export async function readJournals(
  ctx: Context,
  keys: readonly { profileId: string; id: string }[],
): Promise<Journal[]> {
  const { rows } = await sql<Journal>`
    select ${COLUMNS}, program_id as "programId" from public.loyalty_journal where (profile_id, id) in (
      select * from unnest(${keys.map((key) => key.profileId)}::uuid[], ${keys.map((key) => key.id)}::uuid[]))`.execute(
    ctx.sql,
  );
  return rows;
}

/** Why the balance changed, in words; a correction in those of whoever made it. */
export function historyReason({ kind, orderId, reason }: HistoryRecord, language: Language): string {
  if (kind === 'ADJUST' && reason !== null) return reason;
  // An action is told by the name of its rule.
  if (kind === 'EARN' && orderId === null && reason !== null) return reason;
  const key =
    reason === 'HOLD_EXPIRED' || reason === 'ONE_WELCOME'
      ? reason
      : kind === 'EARN' && orderId === null
        ? 'GRANT'
        : kind;
  return WORDS[language][key];
}

type ReasonKey = JournalKind | 'HOLD_EXPIRED' | 'ONE_WELCOME' | 'GRANT';

const WORDS: Readonly<Record<Language, Readonly<Record<ReasonKey, string>>>> = {
  en: {
    EARN: 'Earned on a purchase',
    GRANT: 'Granted',
    ACTIVATE: 'Became active',
    DEBT_REPAY: 'Repaid a debt of points',
    HOLD: 'Reserved for a purchase',
    RELEASE: 'Purchase cancelled, points given back',
    HOLD_EXPIRED: 'Purchase not finished in time, points given back',
    CAPTURE: 'Spent on a purchase',
    RESTORE: 'Given back for returned goods',
    CLAWBACK: 'Taken back for returned goods',
    ONE_WELCOME: 'Given twice to one person',
    OVERDRAFT: 'Spent on a purchase beyond the balance',
    EXPIRE: 'Expired',
    ADJUST: 'Corrected',
    MERGE: 'Accounts joined',
    UNMERGE: 'Joining of accounts undone',
  },
  ru: {
    EARN: 'Начислены за покупку',
    GRANT: 'Начислены',
    ACTIVATE: 'Стали активными',
    DEBT_REPAY: 'Погашен долг по баллам',
    HOLD: 'Отложены для покупки',
    RELEASE: 'Покупка отменена, баллы возвращены',
    HOLD_EXPIRED: 'Покупка не завершена вовремя, баллы возвращены',
    CAPTURE: 'Потрачены на покупку',
    RESTORE: 'Возвращены за возврат товара',
    CLAWBACK: 'Сняты за возврат товара',
    ONE_WELCOME: 'Начислены одному человеку дважды',
    OVERDRAFT: 'Потрачены на покупку сверх остатка',
    EXPIRE: 'Сгорели',
    ADJUST: 'Исправлены',
    MERGE: 'Счета объединены',
    UNMERGE: 'Объединение счетов отменено',
  },
};
