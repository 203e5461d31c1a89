import type { Actor } from '../../platform/context.ts';
import { RefusedInSql } from '../../platform/database/call-function.ts';
import { invalid } from '../../platform/errors.ts';
import { AccountBlocked, InsufficientPoints } from '../loyalty.errors.ts';

/** How journals name who did it: `cashier:<id>`, `key:<id>`, `system`. */
export function actorLabel({ kind, id }: Pick<Actor, 'kind' | 'id'>): string {
  return kind === 'SYSTEM' ? 'system' : `${kind.toLowerCase()}:${id}`;
}

/** The refusal a posting function raised as the error of that name; anything else as it is. */
export function loyaltyRefusal(error: unknown): unknown {
  if (!(error instanceof RefusedInSql)) return error;
  if (error.code === 'AccountBlocked') return new AccountBlocked();
  if (error.code === 'TooManyPoints') return invalid('points', 'RANGE', 'is more than an account can hold');
  if (error.code !== 'InsufficientPoints') return error;
  return new InsufficientPoints({
    requested: Number(error.facts['requested']),
    available: Number(error.facts['available']),
  });
}
