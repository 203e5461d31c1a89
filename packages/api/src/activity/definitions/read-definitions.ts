import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import type { DefinedKind } from './defined-kind.ts';

/** Another process sees a change this much later. */
const REMEMBER_MS = 5_000;

const remembered = new WeakMap<Database, { kinds: ReadonlyMap<string, DefinedKind>; until: number }>();

/** Kinds in force by code, remembered for a while: what events are checked against. */
export async function definedKinds(ctx: Context): Promise<ReadonlyMap<string, DefinedKind>> {
  const now = ctx.clock.now().getTime();
  const known = remembered.get(ctx.database);
  if (known !== undefined && known.until > now) return known.kinds;
  const all = await readDefinitions(ctx);
  const kinds = new Map(all.filter(({ archivedAt }) => archivedAt === null).map((kind) => [kind.code, kind]));
  remembered.set(ctx.database, { kinds, until: now + REMEMBER_MS });
  return kinds;
}

export function forgetDefinitions(ctx: Context): void {
  remembered.delete(ctx.database);
}

/** Every kind by code, archived ones too; what somebody made of a built-in one takes its place. */
export async function readDefinitions(ctx: Context): Promise<DefinedKind[]> {
  const rows = await ctx.sql.selectFrom('event_definition').selectAll().execute();
  const kinds = new Map(BUILT_IN_KINDS.map((kind) => [kind.code, kind]));
  for (const row of rows) {
    kinds.set(row.code, {
      code: row.code,
      nameRu: row.name_ru,
      nameEn: row.name_en,
      properties: row.properties,
      builtIn: BUILT_IN_KINDS.some(({ code }) => code === row.code),
      version: row.version,
      archivedAt: row.archived_at,
    });
  }
  return [...kinds.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));
}
