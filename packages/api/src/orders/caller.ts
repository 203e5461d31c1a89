import type { Context } from '../platform/context.ts';

/** Who did it, in journals: `till:<id>`, `cashier:<id>`, `key:<id>` … */
export function callerName({ actor }: Context): string {
  return actor.kind === 'SYSTEM' ? 'system' : `${actor.kind.toLowerCase()}:${actor.id}`;
}

/** Ids of the stores whose orders exist for the caller; null: all. */
export function visibleStores({ actor }: Context): readonly string[] | null {
  return actor.storeIds === 'ALL' ? null : actor.storeIds;
}
