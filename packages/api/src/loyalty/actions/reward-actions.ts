import type { ActionRule } from '@clientele/shared/receipt';
import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { allPrograms, modeAt, versionAt, type ProgramRecord } from '../program/programs.ts';
import { answers, REFERRER, textOf, type ActionEvent } from './action-event.ts';
import { grantAction, type ActionGranted, type PlannedGrant } from './grant-action.ts';
import { findReferral, type Referral } from './find-referrer.ts';

/**
 * Thanks for what a shopper did, by the rules that held when they did it: each program and rule once for the event,
 * however often it is told. In the transaction of the context; accounts are taken in the order everybody takes them.
 */
export async function rewardActions(tx: Context, event: ActionEvent): Promise<ActionGranted[]> {
  const planned = (await planGrants(tx, event)).toSorted(byAccount);
  const granted: ActionGranted[] = [];
  await lockTwoSides(tx, planned);
  for (const grant of planned) {
    const outcome = await grantAction(tx, grant);
    if (outcome !== null) granted.push(outcome);
  }
  return granted;
}

/** Both sides of an invitation before anything is counted: a limit of the program is taken after the accounts. */
async function lockTwoSides(tx: Context, planned: readonly PlannedGrant[]): Promise<void> {
  const invited = planned.filter(({ rule }) => rule.on === 'REFERRAL');
  for (const id of new Set(invited.map(({ program }) => program.id))) {
    const sides = invited.filter(({ program }) => program.id === id).map(({ profileId }) => profileId);
    await sql`select public.loyalty_lock_accounts(${id}, ${sides}::uuid[], ${tx.clock.now()})`.execute(
      tx.sql,
    );
  }
}

async function planGrants(tx: Context, event: ActionEvent): Promise<PlannedGrant[]> {
  const planned: PlannedGrant[] = [];
  let referral: Referral | null | undefined;
  for (const program of await allPrograms(tx)) {
    for (const rule of rulesFor(program, event)) {
      if (rule.on !== 'REFERRAL') {
        planned.push({ program, rule, event, profileId: event.profileId, refused: null });
        continue;
      }
      referral ??= await findReferral(tx, event.profileId, textOf(event.properties?.[REFERRER]));
      if (referral === null) continue;
      const self = referral.referrerId === referral.friendId;
      const profileId = rule.to === 'FRIEND' ? referral.friendId : referral.referrerId;
      planned.push({ program, rule, event, profileId, refused: self ? 'SELF' : null });
    }
  }
  return planned;
}

function rulesFor(program: ProgramRecord, event: ActionEvent): ActionRule[] {
  if (event.brandId !== null && event.brandId !== program.brandId) return [];
  if (modeAt(program, event.occurredAt) === 'OFF') return [];
  const settings = versionAt(program, event.occurredAt)?.settings;
  return (settings?.actions ?? []).filter((rule) => answers(rule, event));
}

function byAccount(one: PlannedGrant, other: PlannedGrant): number {
  if (one.program.id !== other.program.id) return one.program.id < other.program.id ? -1 : 1;
  return one.profileId < other.profileId ? -1 : one.profileId > other.profileId ? 1 : 0;
}
