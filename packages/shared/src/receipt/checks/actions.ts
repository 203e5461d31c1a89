import {
  boundedList,
  BOUNDS,
  countWindow,
  keysOf,
  objectOf,
  oneOf,
  optional,
  orNull,
  recordOf,
  shortText,
  whole,
} from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { problem } from './codes.ts';
import { ruleCode } from './earning.ts';
import { shopperMatch } from './match.ts';

const ACTIONS = [
  'ENROLMENT',
  'SUBSCRIPTION',
  'SOCIAL_LINK',
  'REVIEW_APPROVED',
  'BIRTHDAY',
  'SURVEY',
  'REFERRAL',
  'EVENT',
];

const days = whole(0, 180);
const keys = objectOf({
  code: ruleCode,
  name: shortText,
  on: oneOf(ACTIONS),
  event: optional(shortText),
  where: optional(recordOf(shortText, boundedList(shortText, 1))),
  to: optional(oneOf(['REFERRER', 'FRIEND'])),
  points: whole(1, BOUNDS.points),
  once: oneOf(['NO', 'SHOPPER', 'PROPERTY']),
  property: optional(shortText),
  freezeDays: whole(0, 3650),
  ttlDays: orNull(whole(1, BOUNDS.days)),
  birthday: optional(objectOf({ daysBefore: days, daysAfter: days })),
  match: optional(shopperMatch),
  atMost: optional(boundedList(objectOf({ times: whole(1, BOUNDS.count), window: countWindow }), 1, 20)),
});

export const actions: Check = boundedList(action, 0, 200);

function action(value: unknown, path: readonly string[]): Problem[] {
  const problems = keys(value, path);
  if (problems.length > 0) return problems;
  const { on, once, event, property, birthday, to } = keysOf(value);
  return [
    ...needed(on === 'EVENT', event, 'optional', [...path, 'event'], 'the kind of event that counts'),
    ...needed(once === 'PROPERTY', property, 'only', [...path, 'property'], 'the property that counts once'),
    ...needed(on === 'BIRTHDAY', birthday, 'only', [...path, 'birthday'], 'the days around the birthday'),
    ...(to !== undefined && on !== 'REFERRAL'
      ? [problem([...path, 'to'], 'UNKNOWN', 'only a REFERRAL has two sides')]
      : []),
  ];
}

/** A part that is needed in one case; otherwise it is allowed (`optional`) or has no meaning (`only`). */
function needed(
  isNeeded: boolean,
  value: unknown,
  elsewhere: 'optional' | 'only',
  path: readonly string[],
  message: string,
): Problem[] {
  if (isNeeded) return value === undefined ? [problem(path, 'REQUIRED', message)] : [];
  return value === undefined || elsewhere === 'optional'
    ? []
    : [problem(path, 'UNKNOWN', `has no meaning here: ${message}`)];
}
