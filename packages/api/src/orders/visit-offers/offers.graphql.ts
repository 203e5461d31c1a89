import type { Promotion } from '@clientele/shared/promotions';
import { openPromotions, type ChosenOffer } from '../../offers/index.ts';
import { readVisits, ShopperVisitType, type ShopperVisit } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { builder } from '../../platform/graphql/builder.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { isId } from '../../platform/ids.ts';
import { offersOfVisit, visitFacts } from './offers-of-visit.ts';

/** An offer is one of a visit: elsewhere it means nothing. */
type OfferOfVisit = ChosenOffer & { visitId: string };

async function offersOf(ctx: Context, visit: ShopperVisit): Promise<OfferOfVisit[]> {
  return (await offersOfVisit(ctx, visit)).map((offer) => ({ ...offer, visitId: visit.id }));
}

const OfferType = builder.loadableNodeRef('Offer', {
  id: { resolve: ({ visitId, promotionId }: OfferOfVisit) => `${visitId}:${promotionId}` },
  load: async (keys: string[], ctx: Context): Promise<(OfferOfVisit | null)[]> => {
    const ids = [...new Set(keys.map((key) => key.split(':')[0] ?? ''))].filter(isId);
    const visits = ids.length === 0 ? [] : await readVisits(ctx, ids);
    const offers = (await Promise.all(visits.map((visit) => offersOf(ctx, visit)))).flat();
    return keys.map(
      (key) => offers.find(({ visitId, promotionId }) => `${visitId}:${promotionId}` === key) ?? null,
    );
  },
});

builder.objectType(OfferType, {
  fields: (t) => ({
    promotionId: t.id({ resolve: ({ promotionId }) => globalId('Promotion', promotionId) }),
    title: t.exposeString('title'),
    say: t.exposeString('say', { description: 'The line to read aloud.' }),
    reason: t.exposeString('reason', { nullable: true }),
    endsAt: t.field({
      type: 'DateTime',
      nullable: true,
      resolve: ({ endsAt }) => (endsAt === null ? null : new Date(endsAt)),
    }),
    promoCode: t.exposeString('promoCode', { nullable: true, description: 'Issued to this shopper.' }),
    personal: t.exposeBoolean('personal', {
      description: 'Granted to this shopper, or by a code of theirs.',
    }),
  }),
});

/** Whether a code is presented is seen at the till. */
function byAnyCode(promotion: Promotion): Promotion {
  const { rules } = promotion;
  const conditions = rules.conditions.filter(({ kind }) => kind !== 'PROMO_CODE');
  return { ...promotion, rules: { ...rules, conditions } };
}

builder.objectFields(ShopperVisitType, (t) => ({
  offers: t.field({
    type: [OfferType],
    description: 'At most five, the shopper’s own first; none where the program hides the account.',
    resolve: (visit, _args, ctx) => offersOf(ctx, visit),
  }),
  quoteFacts: t.field({
    type: 'JSON',
    nullable: true,
    description:
      'What a till needs of the shopper for a quote of its own, by `Till.quoteRules`: `tierCode`, `blocked` and ids of the promotions that are open to them, those by a code too. null where the program hides the account.',
    resolve: async (visit, _args, ctx) => {
      const facts = await visitFacts(ctx, visit);
      if (facts === null) return null;
      const { shopper, promotions, occasion } = facts;
      return {
        tierCode: shopper.tierCode ?? null,
        blocked: shopper.blocked,
        promotionIds: openPromotions(promotions.map(byAnyCode), shopper, occasion).map(({ id }) => id),
      };
    },
  }),
}));
