import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import type { Language } from '../program/rules-text.ts';
import type { NoGrantReason } from './action-grant.entity.ts';

export interface GrantRecord {
  id: string;
  programId: string;
  rule: string;
  name: string;
  wanted: number;
  points: number;
  reason: NoGrantReason | null;
  limit: string | null;
  takenBack: number;
  occurredAt: Date;
  decidedAt: Date;
}

const COLUMNS =
  sql.raw(`id, program_id as "programId", rule, name, wanted, points, reason, limit_code as "limit",
  taken_back as "takenBack", occurred_at as "occurredAt", decided_at as "decidedAt"`);

/** What the shopper's actions brought in a program, the newest first; what merged profiles brought along included. */
export async function readGrants(
  ctx: Context,
  { profileId, programId }: { profileId: string; programId: string },
  limit: number,
): Promise<GrantRecord[]> {
  const { rows } = await sql<GrantRecord>`
    select ${COLUMNS} from public.action_grant
    where profile_id in (select public.loyalty_family(${profileId}, ${programId})) and program_id = ${programId}
    order by decided_at desc, id desc limit ${limit}`.execute(ctx.sql);
  return rows;
}

/** Of profiles, before a place. */
export async function grantsBefore(
  ctx: Context,
  profileIds: readonly string[],
  before: { at: Date; id: string } | null,
  limit: number,
): Promise<GrantRecord[]> {
  const { rows } = await sql<GrantRecord>`
    select ${COLUMNS} from public.action_grant
    where profile_id = any(${[...profileIds]}::uuid[])
      and (${before === null} or (decided_at, id) < (${before?.at ?? null}::timestamptz, ${before?.id ?? null}::uuid))
    order by decided_at desc, id desc limit ${limit}`.execute(ctx.sql);
  return rows;
}

/** Why an action brought what it brought, in words for the shopper. */
export function grantExplained({ reason, points, takenBack }: GrantRecord, language: Language): string {
  if (takenBack > 0) return WORDS[language].TAKEN_BACK;
  if (reason === null) return WORDS[language].GRANTED;
  return reason === 'LIMIT' && points > 0 ? WORDS[language].CUT : WORDS[language][reason];
}

type Word = NoGrantReason | 'GRANTED' | 'CUT' | 'TAKEN_BACK';

const WORDS: Readonly<Record<Language, Readonly<Record<Word, string>>>> = {
  ru: {
    GRANTED: 'Баллы начислены',
    ONCE: 'Баллы за это уже были начислены раньше',
    AT_MOST: 'Баллы за это начисляются не так часто',
    LIMIT: 'Предел начислений программы уже исчерпан',
    CUT: 'Начислено меньше: достигнут предел начислений программы',
    AUDIENCE: 'Правило действует для других участников',
    BIRTHDAY_MOVED: 'День рождения уже отмечали недавно',
    SELF: 'Нельзя пригласить самого себя',
    TAKEN_BACK: 'Снято при объединении: такие же баллы уже есть у этого участника',
  },
  en: {
    GRANTED: 'Points were granted',
    ONCE: 'Points for this were granted before',
    AT_MOST: 'Points for this are not granted so often',
    LIMIT: 'The program’s limit of points is used up',
    CUT: 'Fewer points: the program’s limit is reached',
    AUDIENCE: 'The rule is for other members',
    BIRTHDAY_MOVED: 'A birthday was celebrated not long ago',
    SELF: 'Nobody can invite themselves',
    TAKEN_BACK: 'Taken back when profiles were joined: the same points were there already',
  },
};
