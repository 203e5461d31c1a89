import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import type { Scope } from './scopes.ts';

/** For use cases that more than one door leads to. @throws RequestError FORBIDDEN */
export function demandScope({ actor }: Pick<Context, 'actor'>, scope: Scope): void {
  if (!actor.scopes.has(scope)) throw new RequestError('FORBIDDEN', 'This caller may not do that.');
}

/** What belongs to the whole company is decided by those whose roles hold everywhere. @throws RequestError FORBIDDEN */
export function demandEverywhere({ actor }: Pick<Context, 'actor'>): void {
  if (actor.storeIds !== 'ALL')
    throw new RequestError('FORBIDDEN', 'Only somebody whose role holds in the whole company may do that.');
}
