import type { ProgramSettings, TierLevel } from '../receipt/program-settings.ts';
import { days, money, percent, pointsAtLimit, points, sums } from './amounts.ts';
import { anyOf, counted, said, type Speech } from './language.ts';

/** «Баллами можно оплатить до 50 % стоимости товаров, …» */
export function capSentence(speech: Speech, { capBp, capBase }: ProgramSettings['redemption']): string {
  const share = percent(speech, capBp);
  if (capBp === 0) return said(speech, 'Баллами платить нельзя.', 'Points cannot be spent.');
  return capBase === 'ELIGIBLE'
    ? said(
        speech,
        `Баллами можно оплатить до ${share} товаров, которые разрешено оплачивать баллами.`,
        `Points may pay up to ${share} of the goods that may be paid with points.`,
      )
    : said(
        speech,
        `Баллами можно оплатить до ${share} всего чека, кроме доставки и сборов.`,
        `Points may pay up to ${share} of the whole receipt without delivery and fees.`,
      );
}

/** «1 балл = 1 ₽.»; null where no spoken currency takes points. */
export function pointValueSentence(speech: Speech, { pointValueMinor }: ProgramSettings): string | null {
  const known = speech.currencies.flatMap((currency) => {
    const minor = pointValueMinor[currency];
    return minor === undefined ? [] : [money(speech, minor, currency)];
  });
  if (known.length === 0) return null;
  return said(speech, `1 балл = ${anyOf(speech, known)}.`, `1 point pays ${anyOf(speech, known)}.`);
}

/** «Баллами платят не меньше 100 и не больше 500 баллов за раз.»; null where nothing bounds it. */
export function spendingBoundsSentence(
  speech: Speech,
  { minRedeem, perReceiptMax }: Pick<ProgramSettings['redemption'], 'minRedeem' | 'perReceiptMax'>,
): string | null {
  const least = said(
    speech,
    `не меньше ${pointsAtLimit(speech, minRedeem)}`,
    `not less than ${points(speech, minRedeem)}`,
  );
  const most =
    perReceiptMax === null
      ? ''
      : said(
          speech,
          `не больше ${pointsAtLimit(speech, perReceiptMax)}`,
          `not more than ${points(speech, perReceiptMax)}`,
        );
  const parts = [minRedeem > 0 ? least : '', most].filter((part) => part !== '');
  if (parts.length === 0) return null;
  const both = parts.join(said(speech, ' и ', ' and '));
  return said(speech, `За один раз — ${both}.`, `At one time ${both}.`);
}

/** «Цена одной вещи из-за баллов не станет ниже 1 ₽.» */
export function floorPriceSentence(
  speech: Speech,
  { minUnitPriceMinor }: ProgramSettings['redemption'],
): string {
  const isFree = speech.currencies.every((currency) => (minUnitPriceMinor[currency] ?? 0) === 0);
  if (isFree)
    return said(speech, 'Вещь можно оплатить баллами целиком.', 'A piece may be paid with points alone.');
  const floor = sums(speech, minUnitPriceMinor) ?? '';
  return said(
    speech,
    `Цена одной вещи из-за баллов не станет ниже ${floor}.`,
    `Points never bring the price of a piece below ${floor}.`,
  );
}

/** When a shopper must confirm a code. */
export function codeSentence(
  speech: Speech,
  { need, above, neverAtStoreIds }: ProgramSettings['redemption']['code'],
): string {
  const stores = neverAtStoreIds.length;
  const but =
    stores === 0 || need === 'NEVER'
      ? ''
      : said(
          speech,
          ` В ${counted(speech, stores, ['магазине', 'магазинах', 'магазинах'], ['store', 'stores'])} код не нужен.`,
          ` ${counted(speech, stores, ['', '', ''], ['store goes', 'stores go'])} without it.`,
        );
  const from = sums(speech, above);
  const code = {
    ALWAYS: said(
      speech,
      'Списание — только с кодом из сообщения.',
      'Spending always needs a code from a message.',
    ),
    NEVER: said(speech, 'Списание — без кода.', 'Spending needs no code.'),
    ABOVE:
      from === null
        ? said(
            speech,
            'Списание — только с кодом из сообщения.',
            'Spending always needs a code from a message.',
          )
        : said(
            speech,
            `Код из сообщения нужен, если баллами платят больше ${from}.`,
            `A code from a message is needed when points pay more than ${from}.`,
          ),
  };
  return code[need] + but;
}

/** What differs for a tier: «Для уровня «Gold»: до 70 %, не больше 5 000 баллов за раз.»; null where nothing does. */
export function tierSpendingWords(speech: Speech, redemption: TierLevel['redemption']): string | null {
  if (redemption === undefined) return null;
  const { capBp, perReceiptMax, minRedeem } = redemption;
  const parts = [
    capBp === undefined
      ? null
      : said(speech, `баллами до ${percent(speech, capBp)}`, `up to ${percent(speech, capBp)} with points`),
    perReceiptMax === undefined
      ? null
      : perReceiptMax === null
        ? said(speech, 'без предела на чек', 'no limit on a receipt')
        : said(
            speech,
            `не больше ${pointsAtLimit(speech, perReceiptMax)} за раз`,
            `not more than ${points(speech, perReceiptMax)} at one time`,
          ),
    minRedeem === undefined
      ? null
      : said(
          speech,
          `не меньше ${pointsAtLimit(speech, minRedeem)} за раз`,
          `not less than ${points(speech, minRedeem)} at one time`,
        ),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
}

/** «Баллы активируются через 14 дней после покупки.» */
export function freezeSentence(speech: Speech, { freezeDays }: Pick<ProgramSettings, 'freezeDays'>): string {
  return freezeDays === 0
    ? said(speech, 'Баллы можно тратить сразу.', 'Points can be spent at once.')
    : said(
        speech,
        `Баллы станут активными через ${days(speech, freezeDays)} после покупки.`,
        `Points become active ${days(speech, freezeDays)} after the purchase.`,
      );
}

/** «Баллы не сгорают.» */
export function lifeSentence(speech: Speech, { ttlDays }: Pick<ProgramSettings, 'ttlDays'>): string {
  return ttlDays === null
    ? said(speech, 'Баллы не сгорают.', 'Points never expire.')
    : said(
        speech,
        `Активные баллы действуют ${days(speech, ttlDays)}.`,
        `Active points live ${days(speech, ttlDays)}.`,
      );
}
