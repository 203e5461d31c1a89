import { readSetting } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { cardIdentity, identityIndex, type IdentityValue } from '../identities/identity.ts';
import { parsePhone } from '../identities/phone.ts';
import { placeOf, type Place } from '../identities/place.ts';
import { ShopperUnknown } from '../profiles.errors.ts';
import { openChallenge, type CodeAddress, type ShopperChallenge } from './challenge.ts';
import { countLookUp } from './count-look-up.ts';
import { findShopper } from './find-shopper.ts';
import { SIGN_IN_SETTINGS } from './sign-in-settings.ts';
import { openVisit, type ShopperVisit } from './visit.ts';

export interface IdentifyShopper {
  /** Exactly one of the two. */
  phone: string | null;
  card: string | null;
  /** false: for earning only, without a code. */
  verify: boolean;
}

/**
 * Recognises a shopper at a till, kiosk or site: sends a code (of a phone nobody has: to become a member), or, for
 * earning only, opens a visit.
 * @throws InvalidInput @throws ShopperUnknown @throws TooManyCodes @throws RequestError RATE_LIMITED
 */
export async function identifyShopper(
  ctx: Context,
  input: IdentifyShopper,
): Promise<ShopperChallenge | ShopperVisit> {
  if (!input.verify && ctx.actor.kind === 'KIOSK')
    throw invalid('verify', 'MISMATCH', 'a kiosk always asks for a code');
  const place = await placeOf(ctx);
  const { identity, address } = await readIdentity(ctx, input, place);
  await countLookUp(ctx);
  const shopper = await findShopper(ctx, identityIndex(ctx.vault, identity));
  if (!input.verify) {
    if (shopper === null) throw new ShopperUnknown();
    return openVisit(ctx, { profileId: shopper.profileId, verified: false });
  }
  if (identity.kind === 'CARD') return identifyByCard(ctx, shopper, place);
  if (address === null) throw invalid('phone', 'FORMAT', 'this number cannot get a code');
  return openChallenge(ctx, {
    profileId: shopper?.profileId ?? null,
    address: shopper?.address ?? address,
    place,
  });
}

/** A card's owner proves by a code to the own phone; without one, the card is for earning only. */
async function identifyByCard(
  ctx: Context,
  shopper: Awaited<ReturnType<typeof findShopper>>,
  place: Place,
): Promise<ShopperChallenge | ShopperVisit> {
  if (shopper === null) throw new ShopperUnknown();
  const { profileId, address } = shopper;
  const phone = address && parsePhone(ctx.vault.open(address.phoneSealed), place.country);
  if (address === null || !phone || !(await takesCodes(ctx, phone)))
    return openVisit(ctx, { profileId, verified: false });
  return openChallenge(ctx, { profileId, address, place });
}

/** @returns `address` null for a phone that cannot get a code @throws InvalidInput */
async function readIdentity(
  ctx: Context,
  { phone, card }: IdentifyShopper,
  { country }: Place,
): Promise<{ identity: IdentityValue; address: CodeAddress | null }> {
  if (phone === null && card === null) throw invalid('phone', 'REQUIRED', 'say a phone or a card');
  if (phone !== null && card !== null) throw invalid('card', 'MISMATCH', 'say a phone or a card, not both');
  if (phone === null) {
    const identity = cardIdentity(card ?? '');
    if (identity === null) throw invalid('card', 'FORMAT', 'is no card number');
    return { identity, address: null };
  }
  const parsed = parsePhone(phone, country);
  if (parsed === null) throw invalid('phone', 'FORMAT', 'is no phone number');
  const identity = { kind: 'PHONE', source: '', value: parsed.e164, masked: parsed.masked } as const;
  if (!(await takesCodes(ctx, parsed))) return { identity, address: null };
  return {
    identity,
    address: {
      phoneIndex: identityIndex(ctx.vault, identity),
      phoneSealed: ctx.vault.seal(parsed.e164),
      maskedPhone: parsed.masked,
      emailSealed: null,
    },
  };
}

async function takesCodes(
  ctx: Context,
  phone: { takesCodes: boolean; country: string | null },
): Promise<boolean> {
  const { countries } = await readSetting(ctx, SIGN_IN_SETTINGS);
  return phone.takesCodes && (countries === 'ANY' || countries.includes(phone.country ?? ''));
}
