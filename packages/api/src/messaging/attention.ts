import { sql } from 'kysely';
import type { AttentionSource } from '../company/index.ts';
import type { Context } from '../platform/context.ts';

const DAY_MS = 86_400_000;

/** Ways out that are missing or do not work. */
export const MESSAGING_ATTENTION: readonly AttentionSource[] = [
  {
    code: 'sms.not-connected',
    scope: 'settings.read',
    severity: 'BAD',
    link: '/settings/health',
    count: async (ctx) => (ctx.waysOut?.includes('SMS') === false ? 1 : 0),
  },
  {
    code: 'mail.not-connected',
    scope: 'staff.manage',
    severity: 'INFO',
    link: '/settings/health',
    count: async (ctx) => (ctx.waysOut?.includes('EMAIL') === false ? 1 : 0),
  },
  {
    code: 'messages.failed',
    scope: 'settings.read',
    severity: 'WARN',
    link: '/settings/health',
    count: async (ctx) => (await failedSince(ctx, 'message')) + (await failedSince(ctx, 'staff_letter')),
  },
];

async function failedSince(ctx: Context, table: 'message' | 'staff_letter'): Promise<number> {
  const { count } = await ctx.sql
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('state', '=', 'FAILED')
    .where('created_at', '>', new Date(ctx.clock.now().getTime() - DAY_MS))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** When the last message of a way out left; null: none ever did. */
export async function lastSentAt({ sql: db }: Pick<Context, 'sql'>, channel: string): Promise<Date | null> {
  const { rows } = await sql<{ at: Date }>`
    select sent_at as at from message where channel = ${channel} and sent_at is not null
    order by created_at desc limit 1`.execute(db);
  return rows[0]?.at ?? null;
}
