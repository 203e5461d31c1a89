import type { Selectable } from 'kysely';
import {
  calculateReturn,
  type ProgramSettings,
  type ReturnInput,
  type ReturnResult,
  type SoldLine,
} from '@clientele/shared/receipt';
import { findProgram } from '../../loyalty/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tables } from '../../platform/database/tables.ts';
import type { FrozenTerms } from '../order/order.entity.ts';
import { QuantityExceeded } from '../orders.errors.ts';

/** An order as `read_sale` gives it: a row, but moments are text. */
export type SaleRow = Omit<
  Selectable<Tables['orders']>,
  'occurred_at' | 'hold_expires_at' | 'activate_at'
> & {
  occurred_at: string;
  terms: FrozenTerms | null;
};

/** What `read_sale` answers. */
export interface Sale {
  order: SaleRow | null;
  lines: Selectable<Tables['order_line']>[];
  earlier: { number: number; quantityMilli: number; moneyBack: number; pointsDiscount: number }[];
  restored: number;
  /** Points asked back before, whether or not they could be had. */
  clawed: number;
  back: { returnId: string; hash: string } | null;
  request: { operation: string; hash: string; reply: unknown } | null;
}

/** Settings of the version an order was made by; null: it had no program. */
export async function settingsOf(
  ctx: Context,
  { program_id, version_id }: Pick<SaleRow, 'program_id' | 'version_id'>,
): Promise<ProgramSettings | null> {
  if (program_id === null) return null;
  const program = await findProgram(ctx, program_id);
  return program?.versions.find(({ id }) => id === version_id)?.settings ?? null;
}

export function soldLine(line: Selectable<Tables['order_line']>): SoldLine {
  return {
    number: line.number,
    sku: line.sku,
    ...line.goods,
    quantityMilli: line.quantity_milli,
    net: line.gross - line.discount,
    pointsDiscount: line.points_discount,
    toPay: line.to_pay,
    printLines: line.print_lines,
    earnable: line.earnable,
  };
}

/** Money and points of a return, by what was frozen with the order. @throws QuantityExceeded */
export function judgeReturn(
  sale: Sale & { order: SaleRow },
  settings: ProgramSettings | null,
  returning: ReturnInput['returning'],
): ReturnResult | { notWhole: number } {
  const { order, lines, earlier, restored, clawed } = sale;
  const result = calculateReturn({
    settings,
    currency: order.currency,
    lines: lines.map(soldLine),
    earlier,
    returning,
    earned: order.earned,
    pointsSpent: order.points_spent,
    restoredBefore: restored,
    clawedBefore: clawed,
    shopper:
      order.identified_at === null
        ? null
        : { tierCode: order.terms?.tierCode ?? undefined, tags: order.terms?.shopperTags ?? [] },
    occurredAt: Date.parse(order.occurred_at),
    limitsUsed: order.terms?.limitsUsed,
    frozenPromotions: order.terms?.promotions ?? [],
  });
  if ('exceeded' in result) {
    throw new QuantityExceeded(result.exceeded.number, result.exceeded.returnableMilli);
  }
  if ('notWhole' in result) return { notWhole: result.notWhole.number };
  if (result.lines.length === 0) throw new QuantityExceeded(lines[0]?.number ?? 1, 0);
  return result;
}
