import type { Draft, Quote } from '../till-flow/facts.ts';
import type { Answer } from '../till-flow/events.ts';
import type { Sale } from '../till-flow/state.ts';
import type { KnownGoods, KnownShopper, QuoteRules } from './provisional-quote.ts';

type Calculation = typeof import('./provisional-quote.ts');

/** Counts a basket at once, by what it has learnt from the server's answers. */
export interface Reckoner {
  learn: (answer: Answer) => void;
  /** @returns null: not enough is known */
  reckon: (draft: Draft, sale: Sale) => Quote | null;
}

export interface ReckonerParts {
  /** `Till.quoteRules` */
  askRules: () => Promise<unknown>;
  /** The calculation comes after the first screen. */
  loadCalculation: () => Promise<Calculation>;
  serverNow: () => number;
}

export function createReckoner({ askRules, loadCalculation, serverNow }: ReckonerParts): Reckoner {
  let rules: QuoteRules | null = null;
  let calculation: Calculation | null = null;
  let asking = false;
  let last: { visitId: string | null; quote: Quote } | null = null;
  const goods = new Map<string, KnownGoods | null>();

  async function refresh(): Promise<void> {
    if (asking) return;
    asking = true;
    try {
      calculation ??= await loadCalculation();
      rules = (await askRules()) as QuoteRules | null;
    } catch {
      // Without them the server's quotes are waited for, as before.
    } finally {
      asking = false;
    }
  }

  function learn(answer: Answer): void {
    switch (answer.to) {
      case 'signIn':
        if (answer.value.__typename === 'CashierSignedIn') void refresh();
        return;
      case 'lookUp':
        for (const product of [answer.value.byBarcode, answer.value.bySku]) if (product) know(product);
        return;
      case 'search':
        return answer.value.forEach(know);
      case 'preview':
        if (answer.value.__typename !== 'OrderQuote') return;
        if (last !== null) last = { ...last, quote: answer.value };
        if (rules !== null && answer.value.rulesRevision !== rules.revision) void refresh();
        return;
      case 'commit':
      case 'cancel':
        last = null;
    }
  }

  function know({ sku, goods: facts }: { sku: string; goods: unknown }): void {
    goods.set(sku, facts as KnownGoods | null);
  }

  function reckon(draft: Draft, sale: Sale): Quote | null {
    // What the server said of another shopper's basket is nothing to this one.
    if (last !== null && last.visitId !== draft.visitId) last = null;
    const quote =
      rules === null || calculation === null
        ? null
        : calculation.provisionalQuote({
            rules,
            draft,
            shopper: shopperOf(sale),
            goods,
            last: last?.quote ?? null,
            now: serverNow(),
          });
    last ??= { visitId: draft.visitId, quote: EMPTY };
    return quote;
  }

  return { learn, reckon };
}

function shopperOf({ shopper }: Sale): KnownShopper | null {
  if (shopper === null) return null;
  return {
    verified: shopper.verified,
    available: shopper.account?.available ?? 0,
    facts: shopper.quoteFacts as KnownShopper['facts'],
  };
}

/** Nothing was quoted yet. */
const EMPTY: Quote = {
  currency: '',
  gross: '',
  discount: '',
  pointsDiscount: '',
  toPay: '',
  verificationRequired: false,
  quoteHash: '',
  validUntil: '',
  rulesRevision: '',
  lines: [],
  points: { available: 0, max: 0, applied: 0, limits: [] },
  earning: { points: 0, activateAt: null },
  offers: [],
  missingGifts: [],
  refusedCodes: [],
};
