import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { InvalidInput, VersionConflict } from '../../platform/errors.ts';
import { lastChange } from '../history/last-change.ts';
import { applyPatch, type KnownPerson } from '../person/apply-patch.ts';
import { lockPerson, tellChanged, writePerson } from '../person/patch-profile.ts';
import { readPersonFacts } from '../person/person-facts.ts';
import { readPersonValues, type PersonInput } from '../person/person-values.ts';
import { findCustomer } from './find-customer.ts';

export interface UpdateCustomer extends PersonInput {
  /** Of the API. */
  profileId: string;
  /** Of the look it was edited from. */
  version: number;
}

export interface CustomerUpdated {
  __typename: 'CustomerUpdated';
  profileId: string;
}

/** Where values come from that staff type in. */
export const ADMIN = 'admin';

/**
 * Changes what is known of a person, as staff decide: absent leaves, null clears, lists replace. Audited with before
 * and after; values that tell who it is as keyed hashes.
 * @throws InvalidInput @throws VersionConflict
 */
export async function updateCustomer(ctx: Context, input: UpdateCustomer): Promise<CustomerUpdated> {
  const profileId = await findCustomer(ctx, input.profileId, 'profileId');
  const facts = await readPersonFacts(ctx);
  const { patch, problems } = readPersonValues(input, facts);
  if (problems.length > 0) throw new InvalidInput(problems);
  await inTransaction(ctx, async (tx) => {
    const { version, ...known } = await lockPerson(tx, profileId);
    if (version !== input.version)
      throw new VersionConflict({ version, ...(await lastChange(tx, profileId)) });
    const source = sourceOf(tx);
    const origin = { source, at: tx.clock.now().toISOString() };
    const { person, changed } = applyPatch(known, patch, origin, 'DECIDED');
    if (changed.length === 0) return;
    await writePerson(tx, profileId, person);
    await tellChanged(tx, profileId, changed, source);
    await audit(tx, {
      action: 'profile.updated',
      subject: `profile:${profileId}`,
      facts: {
        changes: Object.fromEntries(
          changed.map((name) => [
            name,
            { before: auditValue(tx, name, known), after: auditValue(tx, name, person) },
          ]),
        ),
      },
    });
  });
  return { __typename: 'CustomerUpdated', profileId };
}

/** A partner's program that edits people as staff do is told apart from them. */
function sourceOf({ actor }: Pick<Context, 'actor'>): string {
  return actor.kind === 'KEY' ? actor.ownSource : ADMIN;
}

/** Which values say nothing of who somebody is. */
const PLAIN = new Set(['gender', 'tags', 'preferredStoreId', 'preferredChannel', 'doNotDisturb']);

/** Equal values give equal hashes: whether something was changed back can be seen, what it was cannot. */
function auditValue(ctx: Pick<Context, 'vault'>, name: string, person: KnownPerson): unknown {
  const value = name.startsWith('attributes.')
    ? person.attributes[name.slice('attributes.'.length)]
    : person[name as keyof KnownPerson];
  if (value === null || value === undefined) return null;
  return PLAIN.has(name) ? value : `hmac:${ctx.vault.index(`audit:${name}`, JSON.stringify(value))}`;
}
