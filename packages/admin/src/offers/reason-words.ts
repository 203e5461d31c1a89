import { counted, money, wholeNumber, type Speech } from '@clientele/shared/sentences';

/** Key of the words of a reason, and what they name. */
export interface ReasonWords {
  readonly key: string;
  readonly facts: Readonly<Record<string, string>>;
}

const KNOWN = new Set([
  'NOT_STARTED',
  'ENDED',
  'OTHER_DAY',
  'OTHER_HOUR',
  'OTHER_STORE',
  'OTHER_CHANNEL',
  'NO_SHOPPER',
  'NOT_IN_AUDIENCE',
  'NOT_GRANTED',
  'EXCLUDED_SHOPPER',
  'CODE_NEEDED',
  'NO_GOODS',
  'NO_CURRENCY',
  'LIMIT_PER_SHOPPER',
  'LIMIT_TOTAL',
  'BUDGET',
  'FAILED',
]);
const CONDITIONS = new Set(['BASKET_SUM', 'QUANTITY', 'FIRST_ORDER', 'NTH_ORDER', 'BIRTHDAY']);

/**
 * Why a promotion did nothing, in words.
 * @param titles of promotions by id: who came first
 */
export function reasonWords(
  speech: Pick<Speech, 'language'>,
  { code, facts }: { readonly code: string; readonly facts: unknown },
  { currency, titles }: { readonly currency: string; readonly titles: ReadonlyMap<string, string> },
): ReasonWords {
  const told = (typeof facts === 'object' && facts !== null ? facts : {}) as Record<string, unknown>;
  if (code === 'STACKING') {
    const by = titles.get(String(told['by']));
    return by === undefined
      ? { key: 'reasons.STACKING_OTHER', facts: {} }
      : { key: 'reasons.STACKING', facts: { by } };
  }
  if (code === 'CONDITION') return conditionWords(speech, told, currency);
  if (code === 'FAILED') return { key: 'reasons.FAILED', facts: { message: String(told['message'] ?? '') } };
  return { key: `reasons.${KNOWN.has(code) ? code : 'OTHER'}`, facts: {} };
}

function conditionWords(
  speech: Pick<Speech, 'language'>,
  told: Readonly<Record<string, unknown>>,
  currency: string,
): ReasonWords {
  const condition = String(told['condition']);
  if (condition === 'PROMO_CODE') return { key: 'reasons.CODE_NEEDED', facts: {} };
  const written = (value: unknown): string => {
    const amount = Number(value ?? 0);
    if (condition === 'BASKET_SUM') return money(speech, amount, currency);
    if (condition === 'QUANTITY')
      return counted(speech, amount, ['штука', 'штуки', 'штук'], ['piece', 'pieces']);
    return wholeNumber(speech, amount);
  };
  return {
    key: `conditions.${CONDITIONS.has(condition) ? condition : 'OTHER'}`,
    facts: { need: written(told['need']), have: written(told['have']) },
  };
}
