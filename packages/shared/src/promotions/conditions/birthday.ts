import { birthdayDistance } from '../../time/index.ts';
import { notMet } from './condition-kind.ts';
import type { ConditionKind, ConditionOf } from './condition-kind.ts';

/** Days around the shopper's birthday, by the calendar of the store. `have`: days until the next one, −1 = not known. */
export const birthday: ConditionKind<ConditionOf<'BIRTHDAY'>> = {
  kind: 'BIRTHDAY',
  args: {
    daysBefore: { type: 'count', least: 0, most: 180 },
    daysAfter: { type: 'count', least: 0, most: 180 },
  },
  prepare: ({ daysBefore, daysAfter }) => ({
    judge({ shopper, wall }) {
      if (shopper === null || !shopper.known) return { code: 'NO_SHOPPER' };
      if (shopper.birthDate === undefined) return notMet('BIRTHDAY', daysBefore, -1);
      const { untilNext, sinceLast } = birthdayDistance(shopper.birthDate, wall.date);
      const near = untilNext <= daysBefore || sinceLast <= daysAfter;
      return near ? null : notMet('BIRTHDAY', daysBefore, untilNext);
    },
  }),
};
