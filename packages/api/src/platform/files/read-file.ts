import type { Selectable } from 'kysely';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import { isId } from '../ids.ts';
import { pathOf, type Place } from './file-path.ts';

export interface FoundFile {
  id: string;
  place: Place;
  name: string;
  type: string;
  bytes: number;
  /** Absolute, of this machine. */
  path: string;
  expiresAt: Date;
}

/** Its owner, or who has its scope; a scope its owner lost is needed by the owner too. */
function mayRead({ actor }: Pick<Context, 'actor'>, file: Selectable<Tables['stored_file']>): boolean {
  return file.scope === null ? file.owner === actor.client : actor.scopes.has(file.scope);
}

/** null: there is none, it is over, or it is not for this caller. */
export async function findFile(ctx: Context, id: string, place: Place): Promise<FoundFile | null> {
  if (!isId(id)) return null;
  const row = await ctx.sql
    .selectFrom('stored_file')
    .selectAll()
    .where('id', '=', id)
    .where('place', '=', place)
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst();
  if (row === undefined || !mayRead(ctx, row)) return null;
  const { name, type, bytes, expires_at: expiresAt } = row;
  return { id, place, name, type, bytes, path: pathOf(ctx, row), expiresAt };
}
