import type { PromotionBenefit, PromotionRules } from '@clientele/shared/promotions';
import {
  counted,
  days,
  factor,
  hourWords,
  percent,
  points,
  quoted,
  said,
  sums,
  weekdayWords,
  wholeNumber,
  type Speech,
} from '@clientele/shared/sentences';
import { goodsSentence } from '../forms/goods-sentence.ts';
import { audienceSentence } from './audience-sentence.ts';
import { conditionSentence, type RuleSpeech } from './terms-sentence.ts';

/** All of a promotion in one line, for lists: what it gives, then what it asks. */
export function promotionSummary(speech: RuleSpeech, rules: PromotionRules): string {
  const { audience, when } = rules;
  const hours = when.hours && hourWords(speech, when.hours);
  return [
    ...rules.benefits.map((benefit) => benefitSentence(speech, benefit)),
    ...rules.conditions.map((condition) => lowered(conditionSentence(speech, condition))),
    weekdayWords(speech, when.weekdays),
    hours,
    isEverybody(audience) ? null : lowered(audienceSentence(speech, audience)),
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

function isEverybody({ who, except }: PromotionRules['audience']): boolean {
  return who === 'ANYBODY' && except.tags.length + except.segmentIds.length === 0;
}

/** What the shopper gets: «Скидка 10 % на товары категории «Обувь», не больше 500 ₽». */
export function benefitSentence(speech: RuleSpeech, benefit: PromotionBenefit): string {
  switch (benefit.kind) {
    case 'PERCENT': {
      const most = benefit.upTo && sums(speech, benefit.upTo);
      return withGoods(
        speech,
        said(speech, `Скидка ${percent(speech, benefit.rateBp)}`, `${percent(speech, benefit.rateBp)} off`),
        goodsSentence(speech, benefit.goods, 'ON', said(speech, 'на покупку', 'the purchase')),
        most && said(speech, `не больше ${most}`, `${most} at most`),
      );
    }
    case 'AMOUNT':
      return amountSentence(speech, benefit);
    case 'FIXED_PRICE': {
      const price = sums(speech, benefit.price) ?? '…';
      return withGoods(
        speech,
        said(speech, `Цена ${price}`, `${price} each`),
        goodsSentence(speech, benefit.goods),
      );
    }
    case 'N_FOR_M':
      return withGoods(
        speech,
        setWords(speech, benefit.take, benefit.pay),
        goodsSentence(speech, benefit.goods),
      );
    case 'CHEAPEST':
      return cheapestSentence(speech, benefit);
    case 'GIFT': {
      const goods = goodsSentence(speech, benefit.goods, 'ALONE', '…');
      const pieces = counted(speech, benefit.quantity, ['штука', 'штуки', 'штук'], ['piece', 'pieces']);
      return said(speech, `Подарок: ${goods}, ${pieces}`, `Gift: ${goods}, ${pieces}`);
    }
    case 'EXTRA_POINTS':
    case 'POINTS_FACTOR':
    case 'PAY_BY_POINTS':
      return pointsSentence(speech, benefit);
    case 'NEXT_CODE': {
      const pool = quoted(speech, speech.poolName?.(benefit.poolId) ?? benefit.poolId);
      const life = days(speech, benefit.validDays);
      return said(
        speech,
        `Промокод серии ${pool} на следующую покупку, действует ${life}`,
        `A promo code of ${pool} for the next purchase, valid ${life}`,
      );
    }
    case 'TEXT':
      return said(speech, 'Только слова для покупателя', 'Words for the shopper only');
  }
}

type OfKind<Kind extends PromotionBenefit['kind']> = Extract<PromotionBenefit, { kind: Kind }>;

function amountSentence(speech: RuleSpeech, { amount, per, goods }: OfKind<'AMOUNT'>): string {
  const off = sums(speech, amount) ?? '…';
  const each = per === 'ITEM';
  const ru = each ? `Скидка ${off} с каждой штуки` : `Скидка ${off}`;
  const en = each ? `${off} off each piece` : `${off} off`;
  const all = each ? '' : said(speech, 'на покупку', 'the purchase');
  return withGoods(speech, said(speech, ru, en), goodsSentence(speech, goods, 'ON', all));
}

function cheapestSentence(speech: RuleSpeech, { take, rateBp, goods }: OfKind<'CHEAPEST'>): string {
  const many = said(
    speech,
    `если их ${wholeNumber(speech, take)} или больше`,
    `with ${wholeNumber(speech, take)} or more of them`,
  );
  const free = rateBp === 10_000;
  const what = free
    ? said(speech, 'Самая дешёвая вещь бесплатно', 'The cheapest piece free')
    : said(
        speech,
        `Скидка ${percent(speech, rateBp)} на самую дешёвую вещь`,
        `${percent(speech, rateBp)} off the cheapest piece`,
      );
  const of = goodsSentence(speech, goods, 'ALONE');
  return [what, of && said(speech, `из: ${of}`, `of: ${of}`), many].filter(Boolean).join(', ');
}

function pointsSentence(
  speech: RuleSpeech,
  benefit: OfKind<'EXTRA_POINTS'> | OfKind<'POINTS_FACTOR'> | OfKind<'PAY_BY_POINTS'>,
): string {
  if (benefit.kind === 'POINTS_FACTOR') {
    const all = said(speech, 'за покупку', 'for the purchase');
    const goods = goodsSentence(speech, benefit.goods, 'FOR', all);
    return said(
      speech,
      `Баллы ${factor(speech, benefit.factorBp)} ${goods}`,
      `Points ${factor(speech, benefit.factorBp)} ${goods}`,
    );
  }
  if (benefit.kind === 'PAY_BY_POINTS') {
    const share = percent(speech, benefit.capBp);
    const goods = goodsSentence(speech, benefit.goods, 'ALONE', said(speech, 'покупка', 'the purchase'));
    return said(
      speech,
      `Баллами можно оплатить до ${share}: ${goods}`,
      `Points pay up to ${share}: ${goods}`,
    );
  }
  const more = `+${points(speech, benefit.points)}`;
  if (benefit.per === 'ITEM') {
    const goods = goodsSentence(speech, benefit.goods, 'ALONE');
    return said(
      speech,
      `${more} за каждую штуку${goods && `: ${goods}`}`,
      `${more} for each piece${goods && `: ${goods}`}`,
    );
  }
  return `${more} ${goodsSentence(speech, benefit.goods, 'FOR', said(speech, 'за покупку', 'for the purchase'))}`;
}

const RU_TAKEN = ['', 'Одна', 'Две', 'Три', 'Четыре', 'Пять', 'Шесть'];
const RU_PAID = ['', 'одной', 'двух', 'трёх', 'четырёх', 'пяти'];

/** «Три по цене двух». */
function setWords(speech: Speech, take: number, pay: number): string {
  const taken = RU_TAKEN[take] ?? wholeNumber(speech, take);
  const paid = RU_PAID[pay] ?? wholeNumber(speech, pay);
  return said(speech, `${taken} по цене ${paid}`, `${take} for the price of ${pay}`);
}

function withGoods(speech: Speech, what: string, goods: string, rest?: string | null | false): string {
  const whole = goods === '' ? what : said(speech, `${what} ${goods}`, inEnglish(what, goods));
  return rest ? `${whole}, ${rest}` : whole;
}

/** "10% off goods of …", "3 for the price of 2: goods of …". */
function inEnglish(what: string, goods: string): string {
  const named = goods.replace(/^on /, '');
  return what.endsWith(' off') ? `${what} ${named}` : `${what}: ${named}`;
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
