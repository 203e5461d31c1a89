import type { GoodsFacts } from '../quote.ts';

/** What one line brings to earning: `earnBase` minor units. */
export interface EarningLine extends GoodsFacts {
  readonly number: number;
  readonly quantityMilli: number;
  readonly earnBase: number;
}
