import type { Context } from '../../platform/context.ts';
import type { CustomerFilter } from './customer-filter.ts';
import type { CustomerSort } from './list-customers.ts';

export interface ListAsked {
  filter: CustomerFilter;
  sort: CustomerSort;
}

const MOMENTS = ['createdFrom', 'createdTo', 'lastOrderFrom', 'lastOrderTo'] as const;

/** What is searched for may be a contact: among the facts of a task it travels sealed. */
export function sealFilter(ctx: Pick<Context, 'vault'>, asked: ListAsked): Record<string, unknown> {
  return { sealedFilter: ctx.vault.seal(JSON.stringify(asked)) };
}

export function openFilter(ctx: Pick<Context, 'vault'>, facts: Record<string, unknown>): ListAsked {
  const asked = JSON.parse(ctx.vault.open(String(facts['sealedFilter']))) as ListAsked;
  const filter = { ...asked.filter };
  for (const name of MOMENTS) if (filter[name]) filter[name] = new Date(filter[name]);
  return { ...asked, filter };
}
