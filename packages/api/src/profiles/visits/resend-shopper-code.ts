import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { placeOf } from '../identities/place.ts';
import {
  callChallenge,
  channelsTo,
  noteForeignChallenge,
  readChallenge,
  sendOrder,
  type CodeAddress,
  type ShopperChallenge,
} from './challenge.ts';
import { findShopper } from './find-shopper.ts';
import type { CodeChannel } from './sign-in-settings.ts';
import { readVisits, type ShopperVisit } from './visit.ts';

export interface ResendShopperCode {
  challengeId: string;
  /** null: the same as before. */
  channel: CodeChannel | null;
}

/**
 * Sends another code of the same challenge, perhaps by another channel; the code before is worth nothing any more.
 * @returns the visit, where the challenge was confirmed meanwhile
 * @throws InvalidInput @throws TooManyCodes
 */
export async function resendShopperCode(
  ctx: Context,
  input: ResendShopperCode,
): Promise<ShopperChallenge | ShopperVisit> {
  const row = await readChallenge(ctx, input.challengeId);
  if (row === null) {
    await noteForeignChallenge(ctx, input.challengeId);
    throw invalid('challengeId', 'UNKNOWN', 'no code was asked for under this id');
  }
  if (row.visit_id !== null) {
    const [visit] = await readVisits(ctx, [row.visit_id]);
    if (visit) return visit;
    throw invalid('challengeId', 'UNKNOWN', 'this visit is over; identify the shopper again');
  }
  const shopper = row.profile_id === null ? null : await findShopper(ctx, row.phone_index);
  const address: CodeAddress = {
    phoneIndex: row.phone_index,
    phoneSealed: row.phone_sealed,
    maskedPhone: row.masked_phone,
    emailSealed: shopper?.address?.emailSealed ?? null,
  };
  const channel = input.channel ?? row.channel;
  if (!(await channelsTo(ctx, address)).includes(channel))
    throw invalid('channel', 'UNKNOWN', 'this channel does not lead to the shopper');
  const order = await sendOrder(ctx, { id: row.id, address, place: await placeOf(ctx), channel });
  return callChallenge(ctx, 'resend_challenge', order);
}
