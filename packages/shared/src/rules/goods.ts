/** Minor units by ISO currency. A currency that is missing means: the rule gives nothing there. */
export type AmountByCurrency = Readonly<Record<string, number>>;

/** What rules may ask about the goods of a line. */
export interface GoodsFacts {
  readonly sku: string;
  /** The product's category and all above it. */
  readonly categories?: readonly string[] | undefined;
  readonly brand?: string | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly priceType?: string | undefined;
  /** Other attributes of the product as texts: colour, size, season … */
  readonly attributes?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** Any one match is enough; an empty filter matches nothing. */
export interface GoodsFilter {
  readonly categories?: readonly string[];
  readonly brands?: readonly string[];
  readonly skus?: readonly string[];
  readonly tags?: readonly string[];
  readonly priceTypes?: readonly string[];
  /** An attribute with any of the values. */
  readonly attributes?: Readonly<Record<string, readonly string[]>>;
}

/** Goods a rule is about: all but `except`, or of `only` all but `except`. */
export interface GoodsSelection {
  readonly only?: GoodsFilter;
  readonly except?: GoodsFilter;
}
