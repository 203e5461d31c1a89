import { sql } from 'kysely';
import { inScope, type Source } from '../language/index.ts';
import { dayColumns } from './days/local-day.ts';

/** A person as conditions see them. */
export interface ProfileFacts {
  id: string;
  gender: string | null;
  givenName: string | null;
  familyName: string | null;
  /** YYYY-MM-DD */
  birthDate: string | null;
  tags: string[];
  attributes: Record<string, unknown>;
  /** Code of the preferred one. */
  store: string | null;
  preferredChannel: string | null;
  doNotDisturb: boolean;
  createdAt: Date;
  enrolledAt: Date | null;
  /** Of the preferred store; null: the company's counts. */
  zone: string | null;
}

/** Wanted by features that look at `dayColumns` of a row. */
export const DAYS = 'days';

export const PROFILE: Source<ProfileFacts> = {
  code: 'profile',
  tables: ['profile'],
  single: true,
  rows: (scope, features, surroundings) => {
    const withDays = features.some(({ wants }) => wants.includes(DAYS));
    const days = withDays ? sql`, ${dayColumns(sql`store.time_zone`, surroundings)}` : sql``;
    // OFFSET 0 has days told once a row; without them the database sees that it is the profile it reads anyway.
    return sql`select profile.id as profile_id, profile.*, store.code as store, store.time_zone as zone ${days}
      from profile left join store on store.id = profile.preferred_store_id
      where ${inScope(scope, sql`profile.id`)} ${withDays ? sql`offset 0` : sql``}`;
  },
  read: (ctx, profileId) =>
    ctx.sql
      .selectFrom('profile')
      .leftJoin('store', 'store.id', 'profile.preferred_store_id')
      .select(['profile.id', 'gender', 'given_name as givenName', 'family_name as familyName'])
      .select(['birth_date as birthDate', 'tags', 'attributes', 'store.code as store'])
      .select(['preferred_channel as preferredChannel', 'do_not_disturb as doNotDisturb'])
      .select(['profile.created_at as createdAt', 'enrolled_at as enrolledAt', 'store.time_zone as zone'])
      .where('profile.id', '=', profileId)
      .execute(),
};
