import { join } from 'node:path';
import type { Context } from '../context.ts';

export type Place = 'FILES' | 'UPLOADS';

export function folderOf({ dataDir }: Pick<Context, 'dataDir'>, place: Place): string {
  return join(dataDir, place === 'FILES' ? 'files' : 'uploads');
}

/** Named by its id alone: nothing a person typed becomes a path. */
export function pathOf(ctx: Pick<Context, 'dataDir'>, { place, id }: { place: Place; id: string }): string {
  return join(folderOf(ctx, place), id);
}
