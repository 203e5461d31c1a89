import type { LeafArgs } from '@clientele/shared/segments';
import { sql } from 'kysely';
import {
  feature,
  isTrue,
  withinMoments,
  withinMomentsSql,
  type Feature,
  type LeafKind,
  type Surroundings,
} from '../../language/index.ts';
import { neverTrue, valueTest } from './attribute-tests.ts';
import { firstMoment, isDay, validDay } from './day-in-zone.ts';
import { midnight } from '../days/local-day.ts';
import { PROFILE } from '../profile-source.ts';

type Args = LeafArgs['ATTRIBUTE'];

/** What the company defined itself; an attribute that is put away, or of another type than is asked, is missing. */
export const attribute: LeafKind<'ATTRIBUTE'> = {
  code: 'ATTRIBUTE',
  question: (args, surroundings) =>
    isTrue('moments' in args.test ? dated(args, surroundings) : tested(args, surroundings)),
  missing: async (_ctx, { attribute: value, test }, { attributes }) => {
    const type = attributes.get(value)?.type;
    const fits = type !== undefined && ('moments' in test ? type === 'DATE' : valueTest(type, test) !== null);
    return fits ? [] : [{ kind: 'ATTRIBUTE', value }];
  },
};

function tested({ attribute: code, test }: Args, { attributes }: Surroundings): Feature {
  const definition = attributes.get(code);
  const applied = (definition && valueTest(definition.type, test)) ?? neverTrue();
  return feature(PROFILE, {
    about: { attribute: code, type: definition?.type, test },
    sql: {
      value: applied.sql(sql`(r.attributes -> ${code}::text)`),
      changesAt: null,
      none: sql`false`,
    },
    ofRows: ([person]) => {
      const value = person === undefined ? undefined : own(person.attributes, code);
      const holds = person !== undefined && applied.of(value);
      return {
        value: holds,
        changesAt: null,
        shown: definition?.personal === false ? inWords(value) : holds,
      };
    },
  });
}

/** A day counts from its beginning where the shopper is. */
function dated({ attribute: code, test }: Args, surroundings: Surroundings): Feature {
  const moments = 'moments' in test ? test.moments : ({ kind: 'ALWAYS' } as const);
  const definition = surroundings.attributes.get(code);
  const isDate = definition?.type === 'DATE';
  const at = isDate
    ? firstMoment(validDay(sql`(r.attributes -> ${code}::text)`), sql`coalesce(r.zone, ${surroundings.zone})`)
    : sql`null::timestamptz`;
  const { within, changesAt } = withinMomentsSql(moments, at, sql`r.zone`, surroundings);
  return feature(PROFILE, {
    about: { attribute: code, type: definition?.type, test },
    sql: { value: sql`(${at} is not null and ${within})`, changesAt, none: sql`false` },
    ofRows: ([person]) => {
      const day = person === undefined ? undefined : own(person.attributes, code);
      if (!isDate || !isDay(day)) return { value: false, changesAt: null, shown: null };
      const zone = person?.zone ?? surroundings.zone;
      const decided = withinMoments(moments, midnight(day, zone), zone, surroundings);
      return {
        value: decided.within,
        changesAt: decided.changesAt,
        shown: definition.personal ? decided.within : day,
      };
    },
  });
}

function own(attributes: Readonly<Record<string, unknown>>, code: string): unknown {
  return Object.hasOwn(attributes, code) ? attributes[code] : undefined;
}

function inWords(value: unknown): string | number | boolean | null {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return Array.isArray(value) ? value.join(', ') : null;
}
