import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';

/** Kinds of events somebody above reacts to, as they are now. */
export type WatchedKinds = (ctx: Pick<Context, 'database' | 'clock'>) => Promise<ReadonlySet<string>>;

const known = new WeakMap<Database, readonly WatchedKinds[]>();

/** Once, at the assembly: who reacts to which kinds. An event of any other kind is stored and told to nobody. */
export function watchEventKinds(database: Database, watchers: readonly WatchedKinds[]): void {
  known.set(database, watchers);
}

/** Those of the kinds that are to be told of. */
export async function watchedAmong(
  ctx: Pick<Context, 'database' | 'clock'>,
  kinds: ReadonlySet<string>,
): Promise<string[]> {
  const watched = new Set<string>();
  for (const watcher of known.get(ctx.database) ?? []) {
    for (const kind of await watcher(ctx)) if (kinds.has(kind)) watched.add(kind);
  }
  return [...watched];
}
