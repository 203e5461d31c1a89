import { contactsShown } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import type { AttributeChoice, AttributeType } from '../attributes/attribute-definition.entity.ts';
import type { ValueOrigin } from '../profile.entity.ts';
import type { ProfileRecord } from '../profiles.types.ts';

export interface ShownAttribute {
  code: string;
  /** null: nobody defined it, a partner sent it. */
  definition: {
    nameRu: string;
    nameEn: string;
    type: AttributeType;
    choices: AttributeChoice[];
    personal: boolean;
    archived: boolean;
  } | null;
  /** null: nothing is known. */
  value: unknown;
  origin: ValueOrigin | null;
}

/**
 * What the company wants to know of people, and what it knows of each; in the order of the profiles. Values that tell
 * who somebody is are absent for whoever sees no full contacts.
 */
export async function attributesOf(
  ctx: Context,
  profiles: readonly ProfileRecord[],
): Promise<ShownAttribute[][]> {
  const definitions = await ctx.sql
    .selectFrom('attribute_definition')
    .select(['code', 'name_ru', 'name_en', 'type', 'choices', 'personal', 'archived_at'])
    .orderBy('id')
    .execute();
  const open = contactsShown(ctx.actor) === 'FULL';
  return profiles.map(({ attributes, origins }) => {
    const origin = (code: string) => origins[`attributes.${code}`] ?? null;
    const defined = definitions
      .filter(
        ({ personal, archived_at, code }) =>
          (open || !personal) && (archived_at === null || code in attributes),
      )
      .map(({ code, name_ru, name_en, type, choices, personal, archived_at }) => ({
        code,
        definition: {
          nameRu: name_ru,
          nameEn: name_en,
          type,
          choices,
          personal,
          archived: archived_at !== null,
        },
        value: attributes[code] ?? null,
        origin: origin(code),
      }));
    const codes = new Set(definitions.map(({ code }) => code));
    const others = Object.keys(attributes)
      .filter((code) => !codes.has(code))
      .map((code) => ({ code, definition: null, value: attributes[code], origin: origin(code) }));
    return [...defined, ...others];
  });
}
