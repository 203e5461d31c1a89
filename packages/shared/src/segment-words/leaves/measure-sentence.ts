import type { LeafArgs, PurchaseMeasure } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { selectedGoods } from '../words/goods-words.ts';
import { countedWithin } from '../words/moments-words.ts';
import { boughtWords, circumstances, purchaseOf } from '../words/purchase-words.ts';
import { countRange, isNone, moneyRangeWords, numberRange, timesRange } from '../words/range-words.ts';
import { joined } from '../words/speech.ts';
import type { Names, Noun, SegmentSpeech } from '../words/speech.ts';

type Args = LeafArgs['PURCHASES'];
type Words = readonly [ru: string, en: string];

/** «Купили товары категории «Обувь» 2 раза и больше за последние 90 дней». */
export function measureSentence(args: Args, speech: SegmentSpeech, names: Names): string {
  return MEASURES[args.measure](args, speech, names);
}

const MEASURES: {
  readonly [Measure in PurchaseMeasure]: (args: Args, speech: SegmentSpeech, names: Names) => string;
} = {
  COUNT: (args, speech, names) =>
    isNone(args.range)
      ? notBought(args, speech, names)
      : bought(args, speech, names, timesRange(speech, args.range)),
  SUM: (args, speech, names) => {
    const sum = moneyOf(args, speech);
    return bought(args, speech, names, said(speech, `на сумму ${sum}`, `for ${sum} in all`));
  },
  AVERAGE: aPurchase(['Средняя покупка', 'Average purchase']),
  LEAST: aPurchase(['Самая дешёвая покупка', 'Cheapest purchase']),
  GREATEST: aPurchase(['Самая дорогая покупка', 'Dearest purchase']),
  PIECES: (args, speech, names) =>
    joined([
      said(speech, 'Купили', 'Bought'),
      countRange(speech, args.range, PIECES_BOUGHT),
      goodsOr(args, speech, names, ['товаров', 'of goods']),
      circumstances(speech, names, args.purchases ?? {}),
      countedWithin(speech, args.moments),
    ]),
  DISTINCT_PRODUCTS: (args, speech, names) => {
    const goods = goodsOr(args, speech, names, ['разные товары', 'different goods']);
    return numbered(args, speech, joined([goods, circumstances(speech, names, args.purchases ?? {})]));
  },
  DISTINCT_CATEGORIES: (args, speech, names) => {
    const goods = goodsOr(args, speech, names, ['товары', 'goods']);
    const from = said(speech, 'из разных категорий', 'from different categories');
    const where = circumstances(speech, names, args.purchases ?? {});
    return numbered(args, speech, joined([goods, where, from]));
  },
  DISTINCT_STORES: different(['в разных магазинах', 'in different stores']),
  DISTINCT_DAYS: different(['в разные дни', 'on different days']),
};

const PIECES_BOUGHT: Noun = { ru: ['штуку', 'штуки', 'штук', 'штуки'], en: ['piece', 'pieces'] };

function bought(args: Args, speech: SegmentSpeech, names: Names, howMuch: string): string {
  return joined([
    said(speech, 'Купили', 'Bought'),
    boughtWords(speech, names, args.purchases),
    howMuch,
    countedWithin(speech, args.moments),
  ]);
}

function notBought(args: Args, speech: SegmentSpeech, names: Names): string {
  const always = args.moments.kind === 'ALWAYS';
  const what = boughtWords(speech, names, args.purchases);
  return joined([
    said(speech, 'Ни разу не купили', always ? 'Never bought' : 'Did not buy'),
    what === '' ? said(speech, '', 'anything') : what,
    always ? '' : countedWithin(speech, args.moments),
  ]);
}

/** «Средняя покупка товаров категории «Обувь» — 1 000 ₽ и больше за последние 90 дней». */
function aPurchase([ru, en]: Words): (args: Args, speech: SegmentSpeech, names: Names) => string {
  return (args, speech, names) => {
    const subject = joined([said(speech, ru, en), purchaseOf(speech, names, args.purchases)]);
    return joined([
      said(speech, `${subject} — ${moneyOf(args, speech)}`, `${subject}: ${moneyOf(args, speech)}`),
      countedWithin(speech, args.moments),
    ]);
  };
}

/** «Купили товары категории «Обувь» в разных магазинах: 2 и больше за последние 90 дней». */
function different([ru, en]: Words): (args: Args, speech: SegmentSpeech, names: Names) => string {
  return (args, speech, names) =>
    numbered(args, speech, joined([boughtWords(speech, names, args.purchases), said(speech, ru, en)]));
}

function numbered(args: Args, speech: SegmentSpeech, what: string): string {
  const number = joined([numberRange(speech, args.range), countedWithin(speech, args.moments)]);
  return said(speech, `Купили ${what}: ${number}`, `Bought ${what}: ${number}`);
}

function goodsOr(args: Args, speech: SegmentSpeech, names: Names, noun: Words): string {
  const goods = selectedGoods(speech, names, args.purchases?.goods, noun);
  return goods === '' ? said(speech, noun[0], noun[1]) : goods;
}

/** Every leaf that passed the check has the currency of its money. */
function moneyOf({ range, currency = '' }: Args, speech: SegmentSpeech): string {
  return currency === '' ? numberRange(speech, range) : moneyRangeWords(speech, range, currency);
}
