import { calculateReceipt, programSettingsProblems } from '@clientele/shared/receipt';
import type { ProgramSettings } from '@clientele/shared/receipt';

export interface ExampleReceipt {
  currency: string;
  /** Minor units of one piece. */
  amount: number;
  tier: string | null;
  /** Milliseconds. */
  at: number;
}

export interface ExampleOutcome {
  earned: number;
  /** Most points a shopper with plenty of them could pay with. */
  payable: number;
}

const PLENTY = 1_000_000_000;

/** What one piece of no special goods would earn, by the very calculation of the server; null: the rules are not right yet. */
export function tryExample(
  settings: ProgramSettings,
  { currency, amount, tier, at }: ExampleReceipt,
): ExampleOutcome | null {
  if (!Number.isSafeInteger(amount) || amount <= 0 || programSettingsProblems(settings).length > 0)
    return null;
  const quote = calculateReceipt({
    currency,
    lines: [{ number: 1, sku: 'example', kind: 'GOODS', quantityMilli: 1_000, unitPrice: amount }],
    settings,
    mode: 'LIVE',
    shopper: {
      known: true,
      verified: true,
      blocked: false,
      available: PLENTY,
      ...(tier === null ? {} : { tierCode: tier }),
    },
    spend: { kind: 'NONE' },
    occurredAt: at,
  });
  return { earned: quote.earning.points, payable: quote.points.max };
}
