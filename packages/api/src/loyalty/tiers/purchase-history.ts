import type { Context } from '../../platform/context.ts';

/** One purchase as it stands now, net of its returns. */
export interface PastPurchase {
  readonly profileId: string;
  readonly orderId: string;
  /** Null: no program was there when it was stored; it counts in its brand's. */
  readonly programId: string | null;
  readonly brandId: string;
  readonly occurredAt: Date;
  readonly currency: string;
  /** Minor units paid in money, less the worth of what was brought back. */
  readonly amount: number;
  /** Earned by it, less those taken back. */
  readonly points: number;
  /** Of the order: counts its changes. */
  readonly revision: number;
}

/**
 * What the room of purchases tells of the past, given where the app is assembled: tiers switched on today count what was
 * bought before, and imports that write no events.
 */
export interface PurchaseHistory {
  /** People who bought something, by id, after this one. */
  shoppersAfter(ctx: Context, after: string | null, limit: number): Promise<string[]>;
  purchasesOf(ctx: Context, profileIds: readonly string[]): Promise<PastPurchase[]>;
}
