import { accountKey, findProgram, versionAt } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';

/** What a posting function tells of the shopper's account. */
export interface AccountShown {
  /** Null: nobody known. */
  profileId: string | null;
  programId: string | null;
  /** The shopper confirmed a code here, or spent points by one. */
  verified: boolean;
}

/** The account an answer may show; null where there is none or the program hides it until the shopper is verified. */
export async function shownAccount(ctx: Context, answer: AccountShown): Promise<string | null> {
  const { profileId, programId, verified } = answer;
  if (profileId === null || programId === null) return null;
  if (ctx.actor.till !== null && !verified) {
    const program = await findProgram(ctx, programId);
    const settings = program && versionAt(program, ctx.clock.now())?.settings;
    if (settings?.hideAccountUntilVerified !== false) return null;
  }
  return accountKey(profileId, programId);
}
