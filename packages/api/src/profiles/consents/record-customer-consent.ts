import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid, InvalidInput } from '../../platform/errors.ts';
import { findCustomer } from '../customers/find-customer.ts';
import { lockPerson, tellChanged } from '../person/patch-profile.ts';
import { consentTexts, readConsents, recordConsents, type ConsentInput } from './record-consents.ts';

export interface RecordCustomerConsents {
  /** Of the API. */
  profileId: string;
  consents: readonly ConsentInput[];
  /** How it was given: by a call, on paper. */
  note: string;
}

export interface CustomerConsentsRecorded {
  __typename: 'CustomerConsentsRecorded';
  profileId: string;
}

const ADMIN = 'admin';
const LONGEST_NOTE = 500;
const MOST_AT_ONCE = 100;

/** Keeps what a shopper told staff: yes or no, to which text, for which channel and topic. @throws InvalidInput */
export async function recordCustomerConsents(
  ctx: Context,
  input: RecordCustomerConsents,
): Promise<CustomerConsentsRecorded> {
  const note = readNote(input.note);
  if (input.consents.length === 0) throw invalid('consents', 'REQUIRED', 'say what was agreed to');
  if (input.consents.length > MOST_AT_ONCE) throw invalid('consents', 'TOO_MANY', `at most ${MOST_AT_ONCE}`);
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  const { consents, problems } = readConsents(input.consents, await consentTexts(ctx, null));
  if (problems.length > 0) throw new InvalidInput(problems);
  await inTransaction(ctx, async (tx) => {
    await lockPerson(tx, profileId);
    const changed = await recordConsents(tx, profileId, consents, ADMIN, note);
    await tellChanged(tx, profileId, changed, ADMIN);
    if (changed.length === 0) return;
    await audit(tx, {
      action: 'profile.consents-recorded',
      subject: `profile:${profileId}`,
      facts: {
        consents: consents.map(({ text, granted, channel, topic }) => ({
          textId: text.id,
          granted,
          channel,
          topic,
        })),
      },
    });
  });
  return { __typename: 'CustomerConsentsRecorded', profileId };
}

function readNote(text: string): string {
  const note = text.trim();
  if (note === '') throw invalid('note', 'REQUIRED', 'say how it was given');
  if (note.length > LONGEST_NOTE || /\p{Cc}/u.test(note) || !note.isWellFormed())
    throw invalid('note', 'FORMAT', `is at most ${LONGEST_NOTE} printable characters`);
  return note;
}
