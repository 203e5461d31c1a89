import { sql } from 'kysely';
import { feature, isTrue, type LeafKind } from '../language/index.ts';
import { PROFILE } from './profile-source.ts';

export const tag: LeafKind<'TAG'> = {
  code: 'TAG',
  question: ({ tags }) =>
    isTrue(
      feature(PROFILE, {
        about: { tags: tags.toSorted() },
        sql: { value: sql`r.tags && ${[...tags]}::text[]`, changesAt: null, none: sql`false` },
        ofRows: ([person]) => {
          const found = person?.tags.filter((one) => tags.includes(one)) ?? [];
          return {
            value: found.length > 0,
            changesAt: null,
            shown: found.length > 0 ? found.join(', ') : null,
          };
        },
      }),
    ),
};
