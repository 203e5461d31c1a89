import { sql } from 'kysely';
import { inScope, type Source } from '../language/index.ts';

/** A person as conditions see them. */
export interface ProfileFacts {
  gender: string | null;
  givenName: string | null;
  familyName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  tags: string[];
  attributes: Record<string, unknown>;
  preferredStoreId: string | null;
  preferredChannel: string | null;
  doNotDisturb: boolean;
  createdAt: Date;
  enrolledAt: Date | null;
  /** Of the preferred store; null: the company's counts. */
  zone: string | null;
}

export const PROFILE: Source<ProfileFacts> = {
  code: 'profile',
  tables: ['profile'],
  single: true,
  rows: (scope) => sql`select profile.id as profile_id, profile.*, store.time_zone as zone
    from profile left join store on store.id = profile.preferred_store_id
    where ${inScope(scope, sql`profile.id`)}`,
  read: (ctx, profileId) =>
    ctx.sql
      .selectFrom('profile')
      .leftJoin('store', 'store.id', 'profile.preferred_store_id')
      .select(['gender', 'given_name as givenName', 'family_name as familyName', 'birth_date as birthDate'])
      .select(['tags', 'attributes', 'preferred_store_id as preferredStoreId'])
      .select(['preferred_channel as preferredChannel', 'do_not_disturb as doNotDisturb'])
      .select(['profile.created_at as createdAt', 'enrolled_at as enrolledAt', 'store.time_zone as zone'])
      .where('profile.id', '=', profileId)
      .execute(),
};
