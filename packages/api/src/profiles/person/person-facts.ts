import type { KnownAttribute } from '../attributes/attribute-values.ts';
import type { Context } from '../../platform/context.ts';
import type { PatchRules } from './apply-patch.ts';
import type { PersonFacts } from './person-values.ts';

/** What values are held against at this moment, and which source's word weighs more. */
export interface ToldFacts extends PersonFacts {
  rules: Exclude<PatchRules, 'DECIDED'>;
  /** Codes of attributes that tell who somebody is. */
  personal: ReadonlySet<string>;
}

export async function readPersonFacts(ctx: Pick<Context, 'sql' | 'clock'>): Promise<ToldFacts> {
  const definitions = await ctx.sql
    .selectFrom('attribute_definition')
    .select(['code', 'type', 'choices', 'enrichment', 'personal', 'archived_at'])
    .execute();
  const stores = await ctx.sql.selectFrom('store').select(['id', 'code']).execute();
  const attributes = definitions.map((one): [string, KnownAttribute] => [
    one.code,
    { code: one.code, type: one.type, choices: one.choices, archived: one.archived_at !== null },
  ]);
  return {
    today: ctx.clock.now().toISOString().slice(0, 10),
    attributes: new Map(attributes),
    stores: new Map(stores.map(({ id, code }) => [code, id])),
    rules: new Map(definitions.map(({ code, enrichment }) => [`attributes.${code}`, enrichment])),
    personal: new Set(definitions.filter(({ personal }) => personal).map(({ code }) => code)),
  };
}
