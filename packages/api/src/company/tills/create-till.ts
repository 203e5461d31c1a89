import type { Context } from '../../platform/context.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import { seesStore } from '../callers/make-actor.ts';

export interface NewTill {
  storeId: string;
  name: string;
  kind: 'CASHIER' | 'KIOSK';
  /** Source of its orders, one of a kind; `till:<id>` where absent. */
  source?: string;
}

const LONGEST_NAME = 100;
const LONGEST_SOURCE = 100;

/** A till nobody can use before a device is paired with it. @returns its id @throws InvalidInput */
export async function createTill(ctx: Context, { storeId, name, kind, source }: NewTill): Promise<string> {
  const problems = tillProblems(name);
  if (source !== undefined) problems.exact(source, ['source'], { max: LONGEST_SOURCE });
  if (!seesStore(ctx.actor, storeId) || !(await isStoreInUse(ctx, storeId)))
    problems.add(['storeId'], 'UNKNOWN', 'there is no such store');
  problems.refuseAny();
  const id = newId();
  await refuseTaken({ till_source_unique: 'source' }, () =>
    ctx.sql
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
      .execute(),
  );
  await audit(ctx, {
    action: 'till.created',
    subject: `till:${id}`,
    facts: { after: { storeId, name, kind } },
  });
  return id;
}

export function tillProblems(name: string): InputProblems {
  const problems = new InputProblems();
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  return problems;
}

async function isStoreInUse({ sql }: Context, storeId: string): Promise<boolean> {
  const store = await sql
    .selectFrom('store')
    .select('id')
    .where('id', '=', storeId)
    .where('archived_at', 'is', null)
    .executeTakeFirst();
  return store !== undefined;
}
