import { sql } from 'kysely';
import * as z from 'zod';
import {
  audit,
  countOwnersAtRisk,
  demandScope,
  readSetting,
  writeSetting,
  type SettingKind,
} from '../company/index.ts';
import { lastSentAt } from '../messaging/index.ts';
import type { Context } from '../platform/context.ts';

/** DONE, or what is missing; WARN: it works, and something about it is not right. */
export type LaunchState = 'DONE' | 'TODO' | 'WARN';

export interface LaunchCheck {
  /** The admin has the words for it. */
  code: string;
  state: LaunchState;
  /** Numbers and times its sentence names. */
  facts: Record<string, string | number | null>;
  /** Where it is done; null: outside of the admin. */
  link: string | null;
}

type Look = (ctx: Context) => Promise<{ state: LaunchState; facts?: LaunchCheck['facts'] }>;

async function one(
  ctx: Context,
  query: ReturnType<typeof sql<Record<string, number>>>,
): Promise<Record<string, number>> {
  const { rows } = await query.execute(ctx.sql);
  return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([key, value]) => [key, Number(value)]));
}

const lookAtProgram: Look = async (ctx) => {
  const { live = 0, programs = 0 } = await one(
    ctx,
    sql`select count(*) as programs, count(*) filter (where mode <> 'OFF' and live_at <= ${ctx.clock.now()}) as live from program`,
  );
  return { state: live > 0 ? 'DONE' : 'TODO', facts: { programs, live } };
};

const lookAtConsents: Look = async (ctx) => {
  const { missing = 0, brands = 0 } = await one(
    ctx,
    sql`select count(*) as brands, count(*) filter (where not exists (select 1 from consent_text t where t.brand_id = brand.id
      and t.purpose = 'PROCESSING' and t.retired_at is null)) as missing from brand where archived_at is null`,
  );
  return { state: brands > 0 && missing === 0 ? 'DONE' : 'TODO', facts: { missing, brands } };
};

const lookAtTills: Look = async (ctx) => {
  const { paired = 0, tills = 0 } = await one(
    ctx,
    sql`select count(*) as tills, count(*) filter (where token_hash is not null) as paired from till where revoked_at is null`,
  );
  const state = paired === 0 ? 'TODO' : paired < tills ? 'WARN' : 'DONE';
  return { state, facts: { paired, tills } };
};

const lookAtCatalogue: Look = async (ctx) => {
  const { products = 0 } = await one(
    ctx,
    sql`select count(*) as products from (select 1 from product limit 1000) p`,
  );
  return { state: products > 0 ? 'DONE' : 'TODO', facts: { products } };
};

const lookAtImport: Look = async (ctx) => {
  const { people = 0 } = await one(
    ctx,
    sql`select count(*) as people from (select 1 from profile where kind = 'PERSON' limit 1000) p`,
  );
  return { state: people > 0 ? 'DONE' : 'TODO', facts: { people } };
};

const lookAtSms: Look = async (ctx) => {
  const at = await lastSentAt(ctx, 'SMS');
  const facts = { lastSentAt: at?.toISOString() ?? null };
  if (ctx.waysOut?.includes('SMS') !== true) return { state: 'TODO', facts };
  return { state: at === null ? 'WARN' : 'DONE', facts };
};

const lookAtMail: Look = async (ctx) => ({ state: ctx.mailConnected === true ? 'DONE' : 'TODO' });

const lookAtSecondFactor: Look = async (ctx) => {
  const without = await countOwnersAtRisk(ctx);
  return { state: without === 0 ? 'DONE' : ctx.mode === 'demo' ? 'WARN' : 'TODO', facts: { without } };
};

/** What no program can see, and a person says: when, and who. */
const CONFIRMED: SettingKind<Record<string, { at: string; by: string }>> = {
  name: 'launch-confirmed',
  schema: z.record(z.string(), z.object({ at: z.string(), by: z.string() })),
  initial: {},
};

const lookAtBackups: Look = async (ctx) => {
  const { backups } = await readSetting(ctx, CONFIRMED);
  return backups === undefined
    ? { state: 'TODO' }
    : { state: 'DONE', facts: { at: backups.at, by: backups.by } };
};

const CHECKS: readonly { code: string; link: string | null; look: Look }[] = [
  { code: 'program', link: null, look: lookAtProgram },
  { code: 'consents', link: '/settings/consents', look: lookAtConsents },
  { code: 'tills', link: '/settings/tills', look: lookAtTills },
  { code: 'catalogue', link: '/data/imports', look: lookAtCatalogue },
  { code: 'customers', link: '/data/imports', look: lookAtImport },
  { code: 'sms', link: '/settings/health', look: lookAtSms },
  { code: 'mail', link: '/settings/health', look: lookAtMail },
  { code: 'second-factor', link: '/settings/staff', look: lookAtSecondFactor },
  { code: 'backups', link: null, look: lookAtBackups },
];

/** What has to be right before the first shopper comes, as it is at this moment. @throws RequestError FORBIDDEN */
export async function launchChecks(ctx: Context): Promise<LaunchCheck[]> {
  demandScope(ctx, 'settings.write');
  return Promise.all(
    CHECKS.map(async ({ code, link, look }) => {
      const { state, facts = {} } = await look(ctx);
      return { code, state, facts, link };
    }),
  );
}

/** Somebody says that backups are made and were tried. @throws RequestError FORBIDDEN */
export async function confirmBackups(ctx: Context): Promise<LaunchCheck[]> {
  demandScope(ctx, 'settings.write');
  const { name: by } = (await ctx.sql
    .selectFrom('staff')
    .select('name')
    .where('id', '=', ctx.actor.kind === 'STAFF' ? ctx.actor.id : '00000000-0000-0000-0000-000000000000')
    .executeTakeFirst()) ?? { name: ctx.actor.client };
  const known = await readSetting(ctx, CONFIRMED);
  await writeSetting(ctx, CONFIRMED, { ...known, backups: { at: ctx.clock.now().toISOString(), by } });
  await audit(ctx, { action: 'launch.backups-confirmed', subject: 'company' });
  return launchChecks(ctx);
}
