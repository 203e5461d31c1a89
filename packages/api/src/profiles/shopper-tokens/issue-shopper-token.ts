import { demandScope, openShopperToken, type ShopperTokenIssued } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { parseProfileRef, type ProfileRefInput } from '../identities/profile-ref.ts';
import { resolveProfile } from '../identities/resolve-profile.ts';

export interface IssueShopperToken {
  profile: ProfileRefInput;
  /** Of the page that will use it: `https://shop.example`. */
  origin: string;
}

/**
 * A token for a shopper the partner has signed in, for an hour: it reads this one profile and previews, on pages of this
 * origin only.
 * @throws InvalidInput for nobody known, or what is no origin of a page
 */
export async function issueShopperToken(ctx: Context, input: IssueShopperToken): Promise<ShopperTokenIssued> {
  demandScope(ctx, 'tokens.issue');
  const origin = readOrigin(input.origin);
  const profile = await resolveProfile(ctx, await parseProfileRef(ctx, input.profile, 'profile'));
  if (profile === null || profile.kind !== 'PERSON')
    throw invalid('profile', 'UNKNOWN', 'nobody is known by this');
  return openShopperToken(ctx, { profileId: profile.id, origin });
}

const LOCAL = new Set(['localhost', '127.0.0.1']);

/** @throws InvalidInput unless it is exactly what a browser sends; plain http on the own machine only */
function readOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || url.origin !== text || (url.protocol !== 'https:' && !isLocal(url)))
    throw invalid('origin', 'FORMAT', 'is the origin of a page, e.g. https://shop.example');
  return text;
}

function isLocal({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && LOCAL.has(hostname);
}
