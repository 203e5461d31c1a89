import type { VariablesOf } from '../app/graphql.ts';
import type { customers } from './operations.ts';

type Asked = VariablesOf<typeof customers>;
export type CustomerFilter = NonNullable<Asked['filter']>;
export type CustomerSort = NonNullable<Asked['sort']>;

/** What the URL of the list says; empty: not asked for. */
export interface ListState extends Record<string, string | string[]> {
  search: string;
  /** Ids of segments: in every one of them, in none of those. */
  segment: string[];
  notSegment: string[];
  tag: string;
  store: string;
  /** `phone`, `email`, `none` */
  contact: string;
  consent: string;
  /** `yes`, `no` */
  disturb: string;
  gender: string;
  /** 1–12 */
  month: string;
  /** Days, YYYY-MM-DD, both included. */
  createdFrom: string;
  createdTo: string;
  boughtFrom: string;
  boughtTo: string;
  sort: string;
}

export const NOTHING_ASKED: ListState = {
  search: '',
  segment: [],
  notSegment: [],
  tag: '',
  store: '',
  contact: '',
  consent: '',
  disturb: '',
  gender: '',
  month: '',
  createdFrom: '',
  createdTo: '',
  boughtFrom: '',
  boughtTo: '',
  sort: '',
};

/** Of each kind; the server takes no more. */
export const MOST_SEGMENTS = 20;

const CHANNELS = ['EMAIL', 'SMS', 'VIBER', 'PUSH', 'CALL'] as const;
const GENDERS = ['FEMALE', 'MALE', 'OTHER'] as const;
const CONTACTS: Record<string, Pick<CustomerFilter, 'hasPhone' | 'hasEmail'>> = {
  phone: { hasPhone: true },
  email: { hasEmail: true },
  none: { hasPhone: false, hasEmail: false },
};

/** The filter the server takes; what makes no sense in the URL is left out. */
export function filterOf(state: ListState): CustomerFilter {
  const month = Number(state.month);
  const consent = CHANNELS.find((channel) => channel === state.consent);
  const gender = GENDERS.find((one) => one === state.gender);
  return {
    ...(state.search === '' ? {} : { search: state.search }),
    ...(state.segment.length === 0 ? {} : { segmentIds: state.segment }),
    ...(state.notSegment.length === 0 ? {} : { notSegmentIds: state.notSegment }),
    ...(state.tag === '' ? {} : { tag: state.tag }),
    ...(state.store === '' ? {} : { storeCode: state.store }),
    ...CONTACTS[state.contact],
    ...(consent === undefined ? {} : { consentChannel: consent }),
    ...(state.disturb === 'no' ? { doNotDisturb: true } : {}),
    ...(state.disturb === 'yes' ? { doNotDisturb: false } : {}),
    ...(gender === undefined ? {} : { gender }),
    ...(Number.isInteger(month) && month >= 1 && month <= 12 ? { birthMonth: month } : {}),
    ...moment('createdFrom', state.createdFrom, 0),
    ...moment('createdTo', state.createdTo, 1),
    ...moment('lastOrderFrom', state.boughtFrom, 0),
    ...moment('lastOrderTo', state.boughtTo, 1),
  };
}

/** Days of the person who looks: from its first moment; up to it, to the first moment of the next. */
function moment(name: string, day: string, plus: 0 | 1): Record<string, string> {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return {};
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return {};
  at.setDate(at.getDate() + plus);
  return { [name]: at.toISOString() };
}

export function sortOf(sort: string): CustomerSort {
  if (sort === 'name') return 'NAME';
  return sort === 'createdAt' ? 'OLDEST' : 'NEWEST';
}

/** How many conditions stand besides the search. */
export function conditionsIn(state: ListState): number {
  return Object.entries(state).filter(
    ([name, value]) => name !== 'search' && name !== 'sort' && value.length > 0,
  ).length;
}
