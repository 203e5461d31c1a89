import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { demandRequired } from '../consents/record-consents.ts';
import { addIdentity } from '../identities/add-identity.ts';
import { NOTHING_KNOWN } from '../person/apply-patch.ts';
import { createPerson } from '../person/create-person.ts';
import { CodeExpired } from '../profiles.errors.ts';
import { noteForeignChallenge, readChallenge } from './challenge.ts';
import { findShopper } from './find-shopper.ts';
import { proveByCode, proveByWaiver, type CodeWaiver } from './prove-shopper.ts';
import {
  keepQuestionnaire,
  readQuestionnaire,
  type Questionnaire,
  type QuestionnaireInput,
} from './questionnaire.ts';
import { parseCode } from './sign-in-code.ts';
import { tellEnrolled } from './tell-enrolled.ts';
import { openVisit, readVisits, type ShopperVisit } from './visit.ts';

export interface ConfirmShopper {
  challengeId: string;
  /** Exactly one of code and waiver. */
  code: string | null;
  waiver: CodeWaiver | null;
  enrolment: QuestionnaireInput | null;
}

const PATH = ['enrolment'];
const NO_ANSWERS: QuestionnaireInput = { consents: [] };

/**
 * Ends a challenge with a verified visit; of a phone nobody has, the person is made. The same code from the same
 * caller gives the same visit again.
 * @throws WrongCode @throws CodeExpired @throws WrongPin @throws InvalidInput
 */
export async function confirmShopper(ctx: Context, input: ConfirmShopper): Promise<ShopperVisit> {
  if (input.code === null && input.waiver === null)
    throw invalid('code', 'REQUIRED', 'say the code, or waive it');
  if (input.code !== null && input.waiver !== null)
    throw invalid('waiver', 'MISMATCH', 'say the code or waive it, not both');
  const challenge = await readChallenge(ctx, input.challengeId);
  if (challenge === null) {
    await noteForeignChallenge(ctx, input.challengeId);
    throw new CodeExpired();
  }
  const answers = await readQuestionnaire(ctx, input.enrolment ?? NO_ANSWERS, PATH);
  if (challenge.kind === 'ENROLMENT' && answers.oneBrand)
    demandRequired(answers.texts, answers.consents, [...PATH, 'consents']);
  if (input.waiver !== null) {
    if (challenge.visit_id === null && challenge.expires_at <= ctx.clock.now()) throw new CodeExpired();
    await proveByWaiver(ctx, challenge.id, input.waiver);
  } else {
    const code = parseCode(input.code ?? '');
    if (code === null) throw invalid('code', 'FORMAT', 'is six digits');
    await proveByCode(ctx, challenge.id, code);
  }
  const byCode = input.code !== null;
  return inTransaction(ctx, (tx) => complete(tx, challenge.id, answers, byCode));
}

async function complete(
  tx: Context,
  challengeId: string,
  answers: Questionnaire,
  byCode: boolean,
): Promise<ShopperVisit> {
  const challenge = await tx.sql
    .selectFrom('sign_in_challenge')
    .selectAll()
    .where('id', '=', challengeId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  if (challenge.visit_id !== null) {
    const [visit] = await readVisits(tx, [challenge.visit_id]);
    if (visit) return visit;
    throw new CodeExpired();
  }
  const known = await findShopper(tx, challenge.phone_index);
  const profileId = known?.profileId ?? (await enrol(tx, challenge, byCode));
  // Who is known already was not asked: their answers come by the questionnaire of the visit.
  if (challenge.kind === 'ENROLMENT') await keepQuestionnaire(tx, profileId, answers, PATH);
  await tellEnrolled(tx, profileId);
  if (known && byCode) await markProved(tx, profileId, challenge.phone_index);
  const visit = await openVisit(tx, { profileId, verified: true });
  await tx.sql
    .updateTable('sign_in_challenge')
    .set({ visit_id: visit.id, profile_id: profileId, kind: 'SIGN_IN' })
    .where('id', '=', challengeId)
    .execute();
  return visit;
}

/** Makes the person; somebody who was faster at another till is found instead. @returns the profile's id */
async function enrol(
  tx: Context,
  challenge: { phone_index: string; phone_sealed: string; masked_phone: string },
  byCode: boolean,
): Promise<string> {
  const id = newId();
  const theirs = await addIdentity(tx, {
    profileId: id,
    identity: {
      kind: 'PHONE',
      source: '',
      value: tx.vault.open(challenge.phone_sealed),
      masked: challenge.masked_phone,
    },
    verifiedAt: byCode ? tx.clock.now() : null,
    first: true,
  });
  if (theirs)
    return createPerson(tx, NOTHING_KNOWN, { id, preferredStoreId: tx.actor.till?.storeId ?? null });
  const faster = await findShopper(tx, challenge.phone_index);
  if (faster === null) throw new Error('a phone is taken and nobody has it');
  return faster.profileId;
}

async function markProved(tx: Context, profileId: string, phoneIndex: string): Promise<void> {
  await tx.sql
    .updateTable('identity')
    .set({ verified_at: tx.clock.now() })
    .where('profile_id', '=', profileId)
    .where('blind_index', '=', phoneIndex)
    .where('verified_at', 'is', null)
    .execute();
}
