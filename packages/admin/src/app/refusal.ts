import { possibleTypes } from 'virtual:possible-types';
import type { introspection } from '../graphql-env.d.ts';

/** Names of all refusals of the schema. */
export type RefusalName = introspection['types']['Refusal']['possibleTypes'];

/** What the server would not do, as its document selected it: name and facts. */
export interface AnyRefusal {
  readonly __typename: string;
  readonly [fact: string]: unknown;
}

interface Member {
  readonly __typename: string;
}

export type RefusalOf<Result> = Extract<Result, { __typename: RefusalName }>;

const names = new Set(possibleTypes['Refusal']);

/** A member of a result union that says no. Its facts are typed by the document. */
export function isRefusal<Result extends Member>(result: Result): result is RefusalOf<Result> {
  return names.has(result.__typename);
}
