import type { PurchaseFilter } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { selectedGoods } from './goods-words.ts';
import { moneyRangeWords } from './range-words.ts';
import { anyOfMany, joined, nameIn } from './speech.ts';
import type { Names, SegmentSpeech } from './speech.ts';

/** After «купили»: «товары категории «Обувь» в магазине «Арбат»»; '' for any purchases. */
export function boughtWords(speech: SegmentSpeech, names: Names, filter: PurchaseFilter = {}): string {
  return joined([
    selectedGoods(speech, names, filter.goods, ['товары', 'goods']),
    circumstances(speech, names, filter),
  ]);
}

/** After «покупка», «покупок»: «товаров категории «Обувь» в магазине «Арбат»». */
export function purchaseOf(speech: SegmentSpeech, names: Names, filter: PurchaseFilter = {}): string {
  return joined([
    selectedGoods(speech, names, filter.goods, ['товаров', 'of goods']),
    circumstances(speech, names, filter),
  ]);
}

/** Where, by which code and for how much. */
export function circumstances(
  speech: SegmentSpeech,
  names: Names,
  { stores = [], channels = [], codePools = [], paid }: PurchaseFilter,
): string {
  return joined([
    stores.length === 0 ? '' : inStores(speech, names, stores),
    channels.length === 0 ? '' : anyOfMany(speech, channels, (channel) => salesChannel(speech, channel)),
    codePools.length === 0 ? '' : byCodes(speech, names, codePools),
    paid === undefined
      ? ''
      : said(
          speech,
          `(чек ${moneyRangeWords(speech, paid, paid.currency)})`,
          `(each ${moneyRangeWords(speech, paid, paid.currency)})`,
        ),
  ]);
}

function inStores(speech: SegmentSpeech, names: Names, stores: readonly string[]): string {
  const list = anyOfMany(speech, stores, (store) => nameIn(speech, names, 'STORE', store));
  const many = stores.length > 1;
  return said(
    speech,
    `${many ? 'в магазинах' : 'в магазине'} ${list}`,
    `${many ? 'in stores' : 'in store'} ${list}`,
  );
}

function byCodes(speech: SegmentSpeech, names: Names, pools: readonly string[]): string {
  const list = anyOfMany(speech, pools, (pool) => nameIn(speech, names, 'POOL', pool));
  return said(speech, `по промокоду серии ${list}`, `with a promo code of series ${list}`);
}

function salesChannel(speech: SegmentSpeech, channel: string): string {
  if (channel === 'ONLINE') return said(speech, 'онлайн', 'online');
  return channel === 'STORE' ? said(speech, 'на кассе', 'at a till') : channel;
}
