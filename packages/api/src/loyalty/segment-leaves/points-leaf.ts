import type { LeafArgs } from '@clientele/shared/segments';
import { isWithin } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { isId } from '../../platform/ids.ts';
import {
  numberWithin,
  type Feature,
  type LeafKind,
  type Question,
  type Surroundings,
} from '../../segments/index.ts';
import { activated, activeLots, expiring, owed, pendingLots } from './points-features.ts';

type Args = LeafArgs['POINTS'];

/**
 * Points as they are at the moment, whether a job has posted what time has done or not: what waited and is due counts as
 * active, pays what is owed first, and what has expired is gone. Points promised to purchases under way are in none.
 */
export const points: LeafKind<'POINTS'> = {
  code: 'POINTS',
  question: (args, surroundings) => {
    const program = args.program?.toLowerCase();
    switch (args.which) {
      case 'PENDING':
        return numberWithin(pendingLots(program, surroundings), args.range);
      case 'EXPIRING':
        return numberWithin(expiring(args.withinDays ?? 0, program, surroundings), args.range);
      case 'ACTIVE':
        return lessRepaid(activeLots(program, surroundings), args, surroundings);
      case 'DEBT':
        return lessRepaid(owed(program), args, surroundings);
    }
  },
  missing: async (ctx, { program }) => {
    if (program === undefined) return [];
    const id = program.toLowerCase();
    const found = isId(id)
      ? await ctx.sql.selectFrom('program').select('id').where('id', '=', id).executeTakeFirst()
      : undefined;
    return found === undefined ? [{ kind: 'PROGRAM', value: program }] : [];
  },
};

/** A number of points less what those that became active pay of a debt at once. */
function lessRepaid(counted: Feature, { program, range }: Args, surroundings: Surroundings): Question {
  const ofProgram = program?.toLowerCase();
  const { least, most } = range;
  return {
    features: [counted, activated(ofProgram, surroundings), owed(ofProgram)],
    sql: ([number, due, debt]) => {
      const left = sql`(${number} - least(${due}, ${debt}))`;
      const bounds = [
        ...(least === undefined ? [] : [sql`${left} >= ${least}::float8`]),
        ...(most === undefined ? [] : [sql`${left} <= ${most}::float8`]),
      ];
      return bounds.length === 0 ? sql`true` : sql`(${sql.join(bounds, sql` and `)})`;
    },
    holds: ([number, due, debt]) => isWithin(Number(number) - Math.min(Number(due), Number(debt)), range),
  };
}
