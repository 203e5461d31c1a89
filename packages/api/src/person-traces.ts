import { MESSAGE_TRACES } from './messaging/index.ts';
import { CODE_TRACES } from './offers/index.ts';
import { PROFILE_TRACES, type PersonTrace } from './profiles/index.ts';

/** What may tell of a person outside of the tables of shoppers, and goes with them. */
export const PERSON_TRACES: readonly PersonTrace[] = [...PROFILE_TRACES, ...MESSAGE_TRACES, ...CODE_TRACES];
