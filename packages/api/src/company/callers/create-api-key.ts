import type { Context } from '../../platform/context.ts';
import { InvalidInput } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import { isScope, SCOPES } from './scopes.ts';
import { newToken } from './tokens.ts';

export interface NewApiKey {
  name: string;
  /** `ALL`: every scope there is now. */
  scopes: 'ALL' | readonly string[];
  /** Absent: every store. */
  storeIds?: readonly string[];
  /** What it may write as, its own first; absent: any. */
  sources?: readonly string[];
  expiresAt?: Date;
}

export interface ApiKeyCreated {
  id: string;
  /** `ck_…`, shown here only. */
  key: string;
}

/** @throws InvalidInput for a scope that does not exist */
export async function createApiKey(ctx: Context, input: NewApiKey): Promise<ApiKeyCreated> {
  const scopes = input.scopes === 'ALL' ? [...SCOPES] : [...new Set(input.scopes)];
  const problems = scopes.flatMap((scope, index) =>
    isScope(scope)
      ? []
      : [{ path: ['scopes', String(index)], code: 'UNKNOWN' as const, message: 'is no scope' }],
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  const id = newId();
  const { token, hash } = newToken('key');
  await ctx.sql
    .insertInto('api_key')
    .values({
      id,
      name: input.name,
      token_hash: hash,
      scopes,
      store_ids: input.storeIds ? [...input.storeIds] : null,
      sources: input.sources ? [...input.sources] : null,
      expires_at: input.expiresAt ?? null,
      revoked_at: null,
      last_used_at: null,
      created_at: ctx.clock.now(),
    })
    .execute();
  await audit(ctx, { action: 'api-key.created', subject: `key:${id}`, facts: { scopes } });
  return { id, key: token };
}
