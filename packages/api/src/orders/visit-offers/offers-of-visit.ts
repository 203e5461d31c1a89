import type { Promotion, PromotionUse } from '@clientele/shared/promotions';
import type { SalePlace } from '@clientele/shared/receipt';
import {
  activePromotions,
  chooseOffers,
  openPromotions,
  type ChosenOffer,
  type OfferShopper,
} from '../../offers/index.ts';
import { programOfBrand, versionAt, type ProgramRecord } from '../../loyalty/index.ts';
import type { ShopperVisit } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { callFunction } from '../../platform/database/call-function.ts';
import { askAbout } from '../quote/asked-promotions.ts';

/** What `offer_facts` answers; moments as ISO text. */
interface OfferFacts {
  tags: string[];
  birthDate: string | null;
  tierCode: string | null;
  blocked: boolean;
  ordersBefore: number;
  grants: { promotionId: string; reason: string | null; endsAt: string | null }[];
  codes: { promotionId: string; code: string; endsAt: string | null }[];
  uses: Record<string, PromotionUse>;
  segments: string[] | null;
}

/** A visit's shopper with the promotions of the place. */
export interface VisitFacts {
  shopper: OfferShopper;
  promotions: readonly Promotion[];
  occasion: Parameters<typeof openPromotions>[2];
}

const known = new WeakMap<Context, Map<string, Promise<VisitFacts | null>>>();

/**
 * One read for everything a request asks of a visit.
 * @returns null: the program hides it until the shopper is verified, or nobody's visit
 */
export function visitFacts(ctx: Context, visit: ShopperVisit): Promise<VisitFacts | null> {
  const ofRequest = known.get(ctx) ?? new Map<string, Promise<VisitFacts | null>>();
  known.set(ctx, ofRequest);
  const facts = ofRequest.get(visit.id) ?? readVisitFacts(ctx, visit);
  ofRequest.set(visit.id, facts);
  return facts;
}

async function readVisitFacts(ctx: Context, visit: ShopperVisit): Promise<VisitFacts | null> {
  const { till, brandId } = ctx.actor;
  const brand = till?.brandId ?? brandId ?? (await onlyBrand(ctx));
  if (brand === null) return null;
  const program = await programOfBrand(ctx, brand);
  const now = ctx.clock.now();
  const settings = program && versionAt(program, now)?.settings;
  if (!visit.verified && settings?.hideAccountUntilVerified !== false) return null;
  const { promotions } = await activePromotions(ctx, brand);
  const place = placeOfVisit(ctx, program);
  const currency = till?.currency ?? Object.keys(settings?.pointValueMinor ?? {})[0] ?? '';
  const facts = await readFacts(ctx, { visit, brandId: brand, program, promotions, place, currency });
  if (facts === null) return null;
  const language = till?.language === 'en' ? 'en' : 'ru';
  const tierName = settings?.tiers.levels.find(({ code }) => code === facts.tierCode)?.name ?? null;
  return {
    shopper: shopperOf(facts, visit.verified, tierName),
    promotions,
    occasion: { place, currency, at: now.getTime(), language },
  };
}

/** Of a caller that sees every brand of a company that has one. */
async function onlyBrand(ctx: Context): Promise<string | null> {
  const brands = await ctx.sql.selectFrom('brand').select('id').limit(2).execute();
  return brands.length === 1 ? (brands[0]?.id ?? null) : null;
}

function placeOfVisit({ actor: { till } }: Context, program: ProgramRecord | null): SalePlace {
  if (till !== null) return { storeId: till.storeId, channel: 'STORE', timezone: till.timeZone };
  return { storeId: '', channel: 'ONLINE', timezone: program?.timezone ?? 'UTC' };
}

async function readFacts(
  ctx: Context,
  asked: {
    visit: ShopperVisit;
    brandId: string;
    program: ProgramRecord | null;
    promotions: readonly Promotion[];
    place: SalePlace;
    currency: string;
  },
): Promise<OfferFacts | null> {
  const { visit, brandId, program, promotions, place, currency } = asked;
  // Limits are counted in the days of the program, as a sale counts them.
  const zone = program?.timezone ?? place.timezone;
  const { ask } = askAbout(promotions, [], { at: ctx.clock.now(), zone, currency, codes: [] });
  return callFunction<OfferFacts | null>(ctx.sql, 'offer_facts', {
    profileId: visit.profileId,
    brandId,
    programId: program?.id ?? null,
    limits: ask?.limits ?? [],
    countOrders: ask?.orders ?? false,
    segments: ask?.segments ?? [],
    now: ctx.clock.now(),
  });
}

function shopperOf(facts: OfferFacts, verified: boolean, tierName: string | null): OfferShopper {
  return {
    known: true,
    verified,
    blocked: facts.blocked,
    available: 0,
    tierCode: facts.tierCode ?? undefined,
    tierName,
    tags: facts.tags,
    segmentIds: facts.segments ?? undefined,
    birthDate: facts.birthDate ?? undefined,
    ordersBefore: facts.ordersBefore,
    grantedPromotionIds: facts.grants.map(({ promotionId }) => promotionId),
    grants: facts.grants.map((grant) => ({ ...grant, endsAt: moment(grant.endsAt) })),
    codes: facts.codes.map((code) => ({ ...code, endsAt: moment(code.endsAt) })),
    uses: facts.uses,
  };
}

function moment(at: string | null): number | null {
  return at === null ? null : Date.parse(at);
}

/** At most five, for the cashier to read aloud; none while the program hides the account. */
export async function offersOfVisit(ctx: Context, visit: ShopperVisit): Promise<ChosenOffer[]> {
  const facts = await visitFacts(ctx, visit);
  return facts === null ? [] : chooseOffers(facts.promotions, facts.shopper, facts.occasion);
}
