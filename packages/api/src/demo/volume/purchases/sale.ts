import type { UsedCode } from '../codes/code-book.ts';
import type { Piece } from '../goods/baskets.ts';
import type { VolumeStore } from '../stores.ts';

/** Where the purchases come from: their source in the API. */
export const SOURCE = 'stores';

/** One purchase on its way into rows. Money in minor units. */
export interface Sale {
  readonly id: string;
  readonly profileId: string;
  readonly externalId: string;
  readonly at: number;
  readonly store: VolumeStore;
  readonly lines: readonly SoldLine[];
  readonly code: UsedCode | null;
}

export interface SoldLine extends Piece {
  readonly gross: number;
  readonly discount: number;
}
