import type { Context } from '../../platform/context.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';

export interface NewTill {
  storeId: string;
  name: string;
  kind: 'CASHIER' | 'KIOSK';
  /** Source of its orders, one of a kind; `till:<id>` where absent. */
  source?: string;
}

/** A till nobody can use before a device is paired with it. @returns its id */
export async function createTill(ctx: Context, { storeId, name, kind, source }: NewTill): Promise<string> {
  const id = newId();
  await ctx.sql
    .insertInto('till')
    .values({
      id,
      store_id: storeId,
      name,
      kind,
      source: source ?? `till:${id}`,
      token_hash: null,
      revoked_at: null,
      pairing_code_index: null,
      pairing_expires_at: null,
      walk_in_profile_id: null,
      created_at: ctx.clock.now(),
    })
    .execute();
  await audit(ctx, { action: 'till.created', subject: `till:${id}` });
  return id;
}
