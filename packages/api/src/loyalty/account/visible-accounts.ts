import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { allPrograms, versionAt, type ProgramRecord } from '../program/programs.ts';
import { readJournals, type Journal } from './history.ts';
import { readAccounts, type AccountView } from './read-accounts.ts';

/** Programs of other brands do not exist for this caller. */
export async function visiblePrograms(ctx: Context): Promise<readonly ProgramRecord[]> {
  const { brandId } = ctx.actor;
  return (await allPrograms(ctx)).filter((program) => brandId === null || program.brandId === brandId);
}

/** Whether balance and offers stay hidden at a till until the shopper confirmed a code there. */
export function hidesAccounts(program: ProgramRecord, now: Date): boolean {
  return versionAt(program, now)?.settings.hideAccountUntilVerified ?? true;
}

/** Accounts of these shoppers in one program, without those that are hidden from this caller. */
export async function readVisibleAccounts(
  ctx: Context,
  program: ProgramRecord,
  profileIds: readonly string[],
): Promise<AccountView[]> {
  const hidden = ctx.actor.till !== null && hidesAccounts(program, ctx.clock.now());
  return readAccounts(ctx, program, hidden ? await verifiedHere(ctx, profileIds) : profileIds);
}

/** Which of them stand verified at this till right now. */
async function verifiedHere(ctx: Context, profileIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ profileId: string }>`
    select distinct coalesce(profile.merged_into, profile.id) as "profileId"
    from visit join profile on profile.id = visit.profile_id
    where visit.client = ${ctx.actor.client} and visit.verified_at is not null and visit.expires_at > ${ctx.clock.now()}
      and coalesce(profile.merged_into, profile.id) = any(${[...profileIds]}::uuid[])`.execute(ctx.sql);
  return rows.map((row) => row.profileId);
}

/** The entries among them of accounts this caller may see. */
export async function visibleJournals(
  ctx: Context,
  keys: readonly { profileId: string; id: string }[],
): Promise<Journal[]> {
  const journals = keys.length === 0 ? [] : await readJournals(ctx, keys);
  const visible: Journal[] = [];
  for (const program of await visiblePrograms(ctx)) {
    const posted = journals.filter(({ programId }) => programId === program.id);
    const hidden = ctx.actor.till !== null && hidesAccounts(program, ctx.clock.now());
    const shown = hidden
      ? new Set(
          await verifiedHere(
            ctx,
            posted.map(({ profileId }) => profileId),
          ),
        )
      : null;
    visible.push(...posted.filter(({ profileId }) => shown === null || shown.has(profileId)));
  }
  return visible;
}

/** Of each shopper the accounts this caller may see; of a program that is off only where something is left. */
export async function accountsOf(ctx: Context, profileIds: readonly string[]): Promise<AccountView[][]> {
  const accounts: AccountView[] = [];
  for (const program of await visiblePrograms(ctx)) {
    const ofProgram = await readVisibleAccounts(ctx, program, profileIds);
    accounts.push(...ofProgram.filter((account) => program.mode !== 'OFF' || holdsAnything(account)));
  }
  return profileIds.map((id) => accounts.filter((account) => account.profileId === id));
}

function holdsAnything({ active, pending, held, debt }: AccountView): boolean {
  return active + pending + held + debt > 0;
}
