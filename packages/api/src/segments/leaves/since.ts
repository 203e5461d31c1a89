import type { Moments } from '@clientele/shared/segments';
import { sql } from 'kysely';
import {
  feature,
  isTrue,
  withinMoments,
  withinMomentsSql,
  type Fragment,
  type LeafKind,
  type Question,
  type Surroundings,
} from '../language/index.ts';
import { PROFILE, type ProfileFacts } from './profile-source.ts';

export const knownSince: LeafKind<'KNOWN_SINCE'> = {
  code: 'KNOWN_SINCE',
  question: ({ moments }, surroundings) =>
    since(sql`r.created_at`, ({ createdAt }) => createdAt, { known: moments }, moments, surroundings),
};

/** Who is no member has been one since no moment. */
export const memberSince: LeafKind<'MEMBER_SINCE'> = {
  code: 'MEMBER_SINCE',
  question: ({ moments }, surroundings) =>
    since(sql`r.enrolled_at`, ({ enrolledAt }) => enrolledAt, { member: moments }, moments, surroundings),
};

function since(
  at: Fragment,
  of: (person: ProfileFacts) => Date | null,
  about: unknown,
  moments: Moments,
  surroundings: Surroundings,
): Question {
  const { within, changesAt } = withinMomentsSql(moments, at, sql`r.zone`, surroundings);
  return isTrue(
    feature(PROFILE, {
      about,
      sql: { value: sql`(${at} is not null and ${within})`, changesAt, none: sql`false` },
      ofRows: ([person]) => {
        const moment = person === undefined ? null : of(person);
        if (moment === null) return { value: false, changesAt: null, shown: null };
        const decided = withinMoments(moments, moment, person?.zone ?? surroundings.zone, surroundings);
        return { value: decided.within, changesAt: decided.changesAt, shown: moment };
      },
    }),
  );
}
