import type { Context } from '../../platform/context.ts';
import type { PersonSection } from '../shopper-rows.ts';

/** Somebody who is being erased, as they were known. */
export interface ErasedPerson {
  /** Their profile and those merged into it. */
  profileIds: readonly string[];
  /** Keyed hashes of all they were recognised by. */
  blindIndexes: readonly string[];
  /** The same in the clear, e.g. to find them in rows that are no shopper's. */
  contacts: readonly { kind: string; source: string; value: string }[];
}

/**
 * What may tell of a person outside of the tables of shoppers: codes on their way, files, rows nobody could take. Told
 * by the room that owns it; the list of all is made where the app is assembled.
 */
export interface PersonTrace {
  name: string;
  /** `WITH`: in the transaction of the erasure. `AFTER`: what no transaction holds, once it is done. */
  when: 'WITH' | 'AFTER';
  erase(ctx: Context, person: ErasedPerson): Promise<void>;
  /** What of it a person gets who asks for their data; absent: nothing that would be theirs. */
  export?: PersonSection;
}
