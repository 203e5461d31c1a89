import type { Context } from '../../platform/context.ts';

/** Staff or key; null for the system. */
export function authorOf({ actor }: Pick<Context, 'actor'>): string | null {
  return actor.kind === 'STAFF' || actor.kind === 'KEY' ? actor.id : null;
}
