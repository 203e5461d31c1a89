export { GRANT_ROWS } from './grants/shopper-rows.ts';
export { activePromotions, type ActivePromotions } from './promotions/active-promotions.ts';
export { promotionNames } from './promotions/promotion-names.ts';
