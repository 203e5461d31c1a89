import type { Context } from '../../platform/context.ts';
import { seesStore } from '../callers/make-actor.ts';

/** Without the key itself: that was shown once and is stored hashed. */
export interface ApiKeyRecord {
  id: string;
  name: string;
  scopes: string[];
  /** null: every store. */
  storeIds: string[] | null;
  /** What it may write as; null: any. */
  sources: string[] | null;
  createdAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

/** The newest first; those of stores the caller does not see are absent. */
export async function readApiKeys(
  { sql, actor }: Pick<Context, 'sql' | 'actor'>,
  { revoked = false }: { revoked?: boolean } = {},
): Promise<ApiKeyRecord[]> {
  let query = sql
    .selectFrom('api_key')
    .select(['id', 'name', 'scopes', 'store_ids as storeIds', 'sources', 'created_at as createdAt'])
    .select(['expires_at as expiresAt', 'revoked_at as revokedAt', 'last_used_at as lastUsedAt'])
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_KEYS);
  if (!revoked) query = query.where('revoked_at', 'is', null);
  const keys = await query.execute();
  return keys.filter(({ storeIds }) => isOfCaller(actor, storeIds));
}

/** More than a company has partners. */
const MOST_KEYS = 1_000;

export function isOfCaller(actor: Context['actor'], storeIds: readonly string[] | null): boolean {
  if (actor.storeIds === 'ALL') return true;
  return storeIds !== null && storeIds.every((id) => seesStore(actor, id));
}
