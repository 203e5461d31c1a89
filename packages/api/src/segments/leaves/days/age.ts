import { sql } from 'kysely';
import { feature, NULL, numberWithin, type LeafKind } from '../../language/index.ts';
import { fullYears, fullYearsColumn, yearsAfter, yearsAfterSql } from './full-years.ts';
import { beginningSql, midnight, todayIn } from './local-day.ts';
import { DAYS, PROFILE } from '../profile-source.ts';

/** Full years; they become one more as the birthday begins where the shopper is. */
export const age: LeafKind<'AGE'> = {
  code: 'AGE',
  question: ({ years }, surroundings) => {
    const full = fullYearsColumn('BIRTHDAY', sql`r.birth_date`);
    const next = yearsAfterSql(sql`r.birth_date`, sql`${full.value} + 1`);
    return numberWithin(
      feature(PROFILE, {
        about: 'age',
        wants: [DAYS],
        columns: [full.column],
        sql: { value: full.value, changesAt: beginningSql(next), none: NULL },
        ofRows: ([person]) => {
          if (person === undefined || person.birthDate === null) return { value: null, changesAt: null };
          const zone = person.zone ?? surroundings.zone;
          const value = fullYears(person.birthDate, todayIn(zone, surroundings));
          return { value, changesAt: midnight(yearsAfter(person.birthDate, value + 1), zone) };
        },
      }),
      years,
    );
  },
};
