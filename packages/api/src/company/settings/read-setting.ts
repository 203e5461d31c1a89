import type * as z from 'zod';
import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';

type SettingContext = Pick<Context, 'database' | 'sql' | 'clock'>;

/** One thing the company decides: its name, what it may be, and what it is until somebody decides. */
export interface SettingKind<Value> {
  name: string;
  schema: z.ZodType<Value>;
  initial: Value;
}

/** Another process sees a change this much later. */
const REMEMBER_MS = 5_000;

const remembered = new WeakMap<Database, Map<string, { value: unknown; until: number }>>();

export async function readSetting<Value>(ctx: SettingContext, kind: SettingKind<Value>): Promise<Value> {
  const now = ctx.clock.now().getTime();
  const known = memoryOf(ctx.database);
  const entry = known.get(kind.name);
  if (entry !== undefined && entry.until > now) return entry.value as Value;
  const row = await ctx.sql
    .selectFrom('setting')
    .select('value')
    .where('name', '=', kind.name)
    .executeTakeFirst();
  const value = row === undefined ? kind.initial : kind.schema.parse(row.value);
  known.set(kind.name, { value, until: now + REMEMBER_MS });
  return value;
}

export async function writeSetting<Value>(
  ctx: SettingContext,
  kind: SettingKind<Value>,
  value: Value,
): Promise<void> {
  const stored = { value: kind.schema.parse(value) as unknown, updated_at: ctx.clock.now() };
  await ctx.sql
    .insertInto('setting')
    .values({ name: kind.name, ...stored })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(stored))
    .execute();
  memoryOf(ctx.database).delete(kind.name);
}

function memoryOf(database: Database): Map<string, { value: unknown; until: number }> {
  const known = remembered.get(database) ?? new Map<string, { value: unknown; until: number }>();
  remembered.set(database, known);
  return known;
}
