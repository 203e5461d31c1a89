import type { Database } from '../database/database.ts';
import type { TaskKind } from './task.ts';

const known = new WeakMap<Database, ReadonlyMap<string, TaskKind>>();

/** Once, at the assembly: the table of kinds stands in `reactions.ts`. */
export function registerTaskKinds(database: Database, kinds: readonly TaskKind[]): void {
  known.set(database, new Map(kinds.map((kind) => [kind.kind, kind])));
}

export function kindOf(database: Database, name: string): TaskKind {
  const kind = known.get(database)?.get(name);
  if (kind === undefined) throw new Error(`No such kind of task: ${name}`);
  return kind;
}
