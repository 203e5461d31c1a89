/**
 * What is frozen with an order of an applied promotion that gives points, so that a return can be judged without the
 * promotion's rules: the lines it was about are named by number. Stored as JSON.
 *
 * It stands as long as its sums and quantities are kept by the goods the shopper keeps; then EXTRA_POINTS of an ITEM
 * count the kept pieces, those of the ORDER stay while any of its goods is kept, factors count for kept lines.
 */
export interface FrozenPromotion {
  readonly promotionId: string;
  readonly title: string;
  /** BASKET_SUM: minor units the lines counted with; `atLeast` of them must be kept. */
  readonly sums: readonly {
    readonly atLeast: number;
    readonly lines: readonly {
      readonly number: number;
      readonly quantityMilli: number;
      readonly amount: number;
    }[];
  }[];
  /** QUANTITY: whole pieces of these lines that must be kept. */
  readonly quantities: readonly { readonly atLeast: number; readonly lines: readonly number[] }[];
  readonly extra: readonly {
    readonly points: number;
    readonly per: 'ORDER' | 'ITEM';
    readonly lines: readonly number[];
  }[];
  readonly factors: readonly { readonly factorBp: number; readonly lines: readonly number[] }[];
}
