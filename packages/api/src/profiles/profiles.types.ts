import { sql } from 'kysely';
import type { Context } from '../platform/context.ts';
import { builder } from '../platform/graphql/builder.ts';
import type { ConsentTextRecord } from './consents/record-consents.ts';
import { CONTACT_CHANNELS, type ContactChannel, type ValueOrigin } from './profile.entity.ts';
import { readChallenges, toChallenge, type ShopperChallenge } from './visits/challenge.ts';
import { readVisits, type ShopperVisit } from './visits/visit.ts';

/** Types of this room that others name and extend; their fields stand in `*.graphql.ts`. */

export interface ProfileRecord {
  id: string;
  kind: 'PERSON' | 'VISITOR' | 'WALK_IN';
  givenName: string | null;
  familyName: string | null;
  patronymic: string | null;
  birthDate: string | null;
  gender: 'FEMALE' | 'MALE' | 'OTHER' | null;
  tags: string[];
  attributes: Record<string, unknown>;
  origins: Record<string, ValueOrigin>;
  preferredStoreId: string | null;
  preferredChannel: ContactChannel | null;
  doNotDisturb: boolean;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  erasedAt: Date | null;
}

/** In the order of the ids; null where there is none for this caller. */
function inOrder<Row extends { id: string }>(ids: readonly string[], rows: readonly Row[]): (Row | null)[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id) ?? null);
}

/** A merged profile's id answers with the survivor. */
async function loadProfiles(ids: string[], ctx: Context): Promise<(ProfileRecord | null)[]> {
  const { scopes, profileId } = ctx.actor;
  const any = scopes.has('profiles.read') || scopes.has('shoppers.identify');
  const visible = any ? ids : ids.filter((id) => id === profileId);
  if (visible.length === 0) return ids.map(() => null);
  const { rows } = await sql<ProfileRecord & { asked: string }>`
    select asked.id as asked, p.id, p.kind, p.given_name as "givenName", p.family_name as "familyName",
      p.patronymic, p.birth_date as "birthDate", p.gender, p.tags, p.attributes, p.origins, p.version,
      p.preferred_store_id as "preferredStoreId", p.preferred_channel as "preferredChannel",
      p.do_not_disturb as "doNotDisturb", p.created_at as "createdAt", p.updated_at as "updatedAt",
      p.erased_at as "erasedAt"
    from profile asked join profile p on p.id = coalesce(asked.merged_into, asked.id)
    where asked.id = any(${visible}::uuid[])`.execute(ctx.sql);
  const byAsked = new Map(rows.map(({ asked, ...profile }) => [asked, profile]));
  return ids.map((id) => byAsked.get(id) ?? null);
}

/** Of the caller's brand. */
async function loadConsentTexts(ids: string[], ctx: Context): Promise<(ConsentTextRecord | null)[]> {
  const rows = await ctx.sql
    .selectFrom('consent_text')
    .select(['id', 'brand_id as brandId', 'purpose', 'version', 'text', 'required'])
    .where('id', 'in', ids)
    .execute();
  const { brandId } = ctx.actor;
  return inOrder(
    ids,
    rows.filter((text) => brandId === null || text.brandId === brandId),
  );
}

export const ProfileType = builder.loadableNodeRef('Profile', {
  id: { resolve: (profile: ProfileRecord) => profile.id },
  load: loadProfiles,
});

export const ConsentTextType = builder.loadableNodeRef('ConsentText', {
  id: { resolve: (text: ConsentTextRecord) => text.id },
  load: loadConsentTexts,
});

export const ShopperVisitType = builder.loadableNodeRef('ShopperVisit', {
  id: { resolve: (visit: ShopperVisit) => visit.id },
  load: async (ids: string[], ctx) => inOrder(ids, await readVisits(ctx, ids)),
});

export const ShopperChallengeType = builder.loadableNodeRef('ShopperChallenge', {
  id: { resolve: (challenge: ShopperChallenge) => challenge.id },
  load: async (ids: string[], ctx) => inOrder(ids, (await readChallenges(ctx, ids)).map(toChallenge)),
});

export const GenderType = builder.enumType('Gender', { values: ['FEMALE', 'MALE', 'OTHER'] as const });

export const ContactChannelType = builder.enumType('ContactChannel', { values: CONTACT_CHANNELS });

export const ConsentPurposeType = builder.enumType('ConsentPurpose', {
  values: ['PROCESSING', 'ADVERTISING'] as const,
});

export const ConsentInputType = builder.inputType('ConsentInput', {
  description: 'channel absent: every channel; topic (its code) absent: every topic.',
  fields: (t) => ({
    textId: t.id({ required: true }),
    granted: t.boolean({ required: true }),
    channel: t.field({ type: ContactChannelType }),
    topic: t.string(),
  }),
});

export const ExternalRefType = builder.inputType('ExternalRef', {
  description: "`source` absent: the caller's own.",
  fields: (t) => ({ source: t.string(), id: t.string({ required: true }) }),
});

export const ProfileRefType = builder.inputType('ProfileRef', {
  isOneOf: true,
  fields: (t) => ({
    id: t.id(),
    phone: t.field({ type: 'Phone' }),
    email: t.string(),
    card: t.string(),
    external: t.field({ type: ExternalRefType }),
  }),
});
