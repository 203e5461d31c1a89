import type { Context } from '../../platform/context.ts';
import { quoteDraft, type OrderQuote } from './order-quote.ts';
import { readDraft, type OrderDraft } from './read-draft.ts';

/**
 * What a basket costs, takes and brings now. Writes nothing; a wish for more points than possible is clamped and the
 * reasons told.
 * @throws InvalidInput @throws VisitExpired
 */
export async function previewOrder(ctx: Context, input: OrderDraft): Promise<OrderQuote> {
  return quoteDraft(ctx, await readDraft(ctx, input, []));
}
