import { formatMoney, formatQuantity, lineGross, parseMoney } from '@clientele/shared/money';
import { become, ask, focus, notice, withText } from './move.ts';
import type { Move } from './move.ts';
import type { Request } from './effects.ts';
import type { BasketLine, Draft, Product } from './facts.ts';
import type { Sale, TillState } from './state.ts';

/** The contract's limits of a draft. */
const MOST_LINES = 500;
const MOST_MILLI = 9_999_999;

type Preview = Extract<Request, { do: 'preview' }>;

export function draftOf(sale: Sale): Draft {
  return {
    visitId: sale.shopper?.visitId ?? null,
    lines: sale.lines.map((line) => ({
      sku: line.sku,
      name: line.name,
      quantity: formatQuantity(line.milli),
      unitPrice: line.unitPrice,
    })),
    promoCodes: sale.promoCodes,
    spendPoints: sale.spend,
    ...(sale.order?.begun === true ? { replaces: sale.order.externalId } : {}),
  };
}

/** The line's sum before any discount, as the server will count it; null when the price cannot be read. */
export function grossOf(line: BasketLine, currency: string): string | null {
  const price = parseMoney(line.unitPrice, currency);
  return price === null ? null : formatMoney(lineGross(line.milli, price), currency);
}

/** Any change of the sale makes the quote old and asks for a new one; the latest question wins. */
export function changeSale(state: TillState, change: Partial<Sale>, more: Partial<TillState> = {}): Move {
  const sale: Sale = { ...state.sale, ...change, quoteFresh: false };
  if (sale.lines.length === 0) {
    return become(state, { ...more, sale: { ...sale, quote: null, quoting: null, provisional: false } });
  }
  const asked = ask<Preview>(state, { do: 'preview', draft: draftOf(sale) });
  return become(state, { ...more, asks: asked.asks, sale: { ...sale, quoting: asked.asks } }, asked.request);
}

/** A begun order goes on under its own number: back from the pay step, the next hold replaces this one. */
function changeLines(state: TillState, change: Partial<Sale>, more: Partial<TillState> = {}): Move {
  const stage = state.stage === 'payment' ? 'main' : state.stage;
  return changeSale(state, change, { stage, notice: null, ...more });
}

export function addProduct(state: TillState, product: Product): Move {
  const typed = { found: null, searching: null, text: withText(state, { search: '' }) };
  const { lines } = state.sale;
  if (product.price === null) {
    return become(state, { ...typed, notice: notice('NoPrice', 'warn', 'dismiss', { name: product.name }) });
  }
  const same = lines.find((line) => line.sku === product.sku && line.unitPrice === product.price);
  if (same !== undefined && same.milli + 1000 <= MOST_MILLI) {
    return changeLines(
      state,
      { lines: replace(lines, { ...same, milli: same.milli + 1000 }), selected: same.key },
      typed,
    );
  }
  if (lines.length >= MOST_LINES) {
    return become(state, {
      ...typed,
      notice: notice('TooManyLines', 'warn', 'dismiss', { most: MOST_LINES }),
    });
  }
  const key = Math.max(0, ...lines.map((line) => line.key)) + 1;
  const line: BasketLine = {
    key,
    sku: product.sku,
    name: product.name,
    unitPrice: product.price,
    milli: 1000,
  };
  return changeLines(state, { lines: [...lines, line], selected: key }, typed);
}

export function setQuantity(state: TillState, key: number, milli: number): Move {
  const line = state.sale.lines.find((one) => one.key === key);
  if (line === undefined || !Number.isSafeInteger(milli) || milli < 0 || milli > MOST_MILLI) {
    return become(state, { notice: notice('QuantityWrong', 'warn', 'dismiss') });
  }
  if (milli === 0) return voidLine(state, key);
  return changeLines(state, { lines: replace(state.sale.lines, { ...line, milli }), selected: key });
}

export function voidLine(state: TillState, key: number): Move {
  const { lines } = state.sale;
  const at = lines.findIndex((line) => line.key === key);
  if (at < 0) return become(state, {});
  const left = lines.filter((line) => line.key !== key);
  const next = left[Math.min(at, left.length - 1)];
  return changeLines(state, { lines: left, selected: next?.key ?? null });
}

export function moveLine(state: TillState, by: 1 | -1): Move {
  const { lines, selected } = state.sale;
  if (lines.length === 0) return become(state, {});
  const at = lines.findIndex((line) => line.key === selected);
  const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
  return become(state, { sale: { ...state.sale, selected: next?.key ?? null } });
}

export function setSpend(state: TillState, points: number): Move {
  const max = state.sale.quote?.points.max ?? 0;
  const spend = Math.max(0, Math.min(max, Math.trunc(points)));
  if (spend === state.sale.spend) return become(state, {});
  return changeSale(state, { spend }, { notice: null });
}

export function addPromo(state: TillState): Move {
  const code = state.text.promo.trim();
  const closed = { dialog: null, text: withText(state, { promo: '' }) };
  return code === '' ? become(state, closed) : applyCode(state, code, closed);
}

export function applyCode(state: TillState, code: string, more: Partial<TillState> = {}): Move {
  const { promoCodes } = state.sale;
  if (promoCodes.includes(code)) return become(state, more);
  return changeLines(state, { promoCodes: [...promoCodes, code] }, more);
}

export function removePromo(state: TillState, code: string): Move {
  return changeLines(state, { promoCodes: state.sale.promoCodes.filter((one) => one !== code) });
}

/** Shows what the search found; the first stands chosen. */
export function showFound(state: TillState, products: Product[]): Move {
  return become(
    state,
    products.length === 0
      ? { found: { products: [], selected: 0 }, searching: null }
      : { found: { products, selected: 0 }, searching: null },
    focus('search'),
  );
}

function replace(lines: readonly BasketLine[], line: BasketLine): BasketLine[] {
  return lines.map((one) => (one.key === line.key ? line : one));
}
