import type { Context } from '../../platform/context.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';

/** Whether events of the kind are described, or came within the time that is counted (`event_count`). */
export async function isKnownKind({ sql }: Pick<Context, 'sql'>, code: string): Promise<boolean> {
  const described = await sql
    .selectFrom('event_definition')
    .select('archived_at')
    .where('code', '=', code)
    .executeTakeFirst();
  const inUse = described === undefined ? isBuiltIn(code) : described.archived_at === null;
  if (inUse) return true;
  const counted = await sql
    .selectFrom('event_count')
    .select('kind')
    .where('kind', '=', code)
    .where('recorded', '>', 0)
    .limit(1)
    .executeTakeFirst();
  return counted !== undefined;
}

function isBuiltIn(code: string): boolean {
  return BUILT_IN_KINDS.some((kind) => kind.code === code);
}
