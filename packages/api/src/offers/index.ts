export {
  CODE_TIMELINE,
  CODE_TRACES,
  createPool,
  exportCodesTask,
  fillPool,
  generateCodesTask,
  importCodesTask,
  issueCode,
  issueNextCodes,
  PromoCodeEventType,
  takeBackNextCodes,
  type IssueCode,
  type IssuedCode,
} from './codes/index.ts';
export { GRANT_ROWS } from './grants/shopper-rows.ts';
export { GRANT_TIMELINE } from './grants/timeline.ts';
export {
  chooseOffers,
  openPromotions,
  MOST_OFFERS,
  type ChosenOffer,
  type OfferShopper,
} from './grants/choose-offers.ts';
export { grantOffer, withdrawOffer } from './grants/grant-offer.ts';
export { grantOfferTo, type GrantOfferTo } from './grants/grant-offer-to.ts';
export { grantOffersTask } from './grants/grant-to-many.ts';
export { heldLimits, type HeldLimits } from './limits/limit-windows.ts';
export { PROMOTION_USE_ROWS } from './limits/shopper-rows.ts';
export { activePromotions, type ActivePromotions } from './promotions/active-promotions.ts';
export { checkAudience } from './promotions/rules/named-segments.ts';
export { promotionsUsingSegments, type PromotionOfSegment } from './promotions/rules/segment-uses.ts';
export { promotionNames } from './promotions/promotion-names.ts';
export {
  changePromotion,
  copyPromotion,
  createPromotion,
  type ChangePromotion,
  type NewPromotion,
} from './promotions/save-promotion.ts';
export {
  deletePromotion,
  setPromotionState,
  type SetPromotionState,
} from './promotions/set-promotion-state.ts';
export { changeGroup, createGroup, deleteGroup } from './promotions/groups/save-group.ts';
export { orderGroups, orderPromotions } from './promotions/groups/order-promotions.ts';
export { readGroups, readPromotionsById, type PromotionRecord } from './promotions/read-promotions.ts';
export { PromotionGroupType, PromotionType } from './promotions/promotion.types.ts';
export { rulesForApi, rulesFromApi } from './promotions/rules/rules-in-api.ts';
export { checkRules } from './promotions/rules/check-promotion.ts';
export { promoCode } from './segment-leaves/promo-code-leaf.ts';
