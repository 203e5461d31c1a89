import { audit, readSetting, spendUsage } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { SIGN_IN_SETTINGS } from './sign-in-settings.ts';

/** Audited once a minute, or a flood of requests would be a flood of entries. */
const AUDIT_WINDOW = { seconds: 60, max: 1 };

/**
 * Counts one look-up of a shopper by the caller: nobody fishes for who is a member.
 * @throws RequestError RATE_LIMITED
 */
export async function countLookUp(ctx: Context): Promise<void> {
  const { client, till } = ctx.actor;
  const settings = await readSetting(ctx, SIGN_IN_SETTINGS);
  const windows = till === null ? settings.lookUpsPerKey : settings.lookUpsPerTill;
  const retryAt = await spendUsage(
    ctx,
    windows.map((window) => ({ key: `look-up:${client}`, ...window })),
  );
  if (retryAt === null) return;
  if ((await spendUsage(ctx, [{ key: `look-up-audit:${client}`, ...AUDIT_WINDOW }])) === null)
    await audit(ctx, { action: 'look-ups.limited', subject: client });
  throw new RequestError(
    'RATE_LIMITED',
    'Too many shoppers were looked up; wait.',
    retryAt.getTime() - ctx.clock.now().getTime(),
  );
}
