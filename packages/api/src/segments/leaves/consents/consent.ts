import { sql } from 'kysely';
import { feature, type LeafKind } from '../../language/index.ts';
import { answerColumn, CONSENTS, covers, type ConsentAbout } from './consents-source.ts';

/**
 * What was answered, as `answerFor` tells it: the newest answer that covers the channel and the topic. A segment is of no
 * brand, so with several brands GRANTED is a yes to one of them at least (whoever writes asks for their own), and REFUSED
 * a no to some and a yes to none.
 */
export const consent: LeafKind<'CONSENT'> = {
  code: 'CONSENT',
  question: ({ purpose, channel, topic, state }) => {
    const about: ConsentAbout = { purpose, channel, topic };
    const answer = answerColumn(about);
    const isCovering = covers(about);
    const asked = feature(CONSENTS, {
      about,
      wants: [about],
      sql: {
        value: sql`case bool_or(r.${answer}) when true then 'GRANTED' when false then 'REFUSED' else 'UNASKED' end`,
        changesAt: null,
        none: sql`'UNASKED'`,
      },
      ofRows: (rows) => {
        const counting = Map.groupBy(rows.filter(isCovering), ({ brandId }) => brandId);
        const granted = [...counting.values()].map(([newest]) => newest?.granted === true);
        const value = granted.length === 0 ? 'UNASKED' : granted.includes(true) ? 'GRANTED' : 'REFUSED';
        return { value, changesAt: null };
      },
    });
    return {
      features: [asked],
      sql: ([value]) => sql`${value} = ${state}`,
      holds: ([value]) => value === state,
    };
  },
};
