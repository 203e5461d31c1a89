import type { ProgramSettings } from '../receipt/program-settings.ts';
import { days, hours, minutes } from './amounts.ts';
import { counted, said, type Speech } from './language.ts';

/** Where clawed points come from when the order's own are gone. */
export function returnPolicySentence(speech: Speech, { returnPolicy }: ProgramSettings): string {
  const words = {
    DEBT: said(
      speech,
      'Начисленное за возвращённое снимается с баланса; чего не хватит, станет долгом.',
      'What was earned on returned goods is taken from the balance; what is missing becomes a debt.',
    ),
    WITHIN_BALANCE: said(
      speech,
      'Начисленное за возвращённое снимается с баланса, но не больше, чем на нём есть.',
      'What was earned on returned goods is taken from the balance, never more than there is.',
    ),
    ONLY_PENDING: said(
      speech,
      'Снимаются только ещё не активные баллы этой покупки.',
      'Only points of that purchase that are not active yet are taken back.',
    ),
    FROM_REFUND: said(
      speech,
      'Чего не хватит на балансе, удерживается из денег к возврату; сумму показывает касса.',
      'What is missing on the balance is withheld from the refund; the till shows the sum.',
    ),
  };
  return words[returnPolicy];
}

/** What becomes of spent points that come back after their lot has expired. */
export function expiredRestoreSentence(
  speech: Speech,
  { expiredRestorePolicy: policy }: ProgramSettings,
): string {
  return policy.kind === 'ORIGINAL'
    ? said(
        speech,
        'Потраченные баллы возвращаются со своим сроком: если он вышел, они сразу сгорают.',
        'Spent points come back with their own term: where it is over they expire at once.',
      )
    : said(
        speech,
        `Потраченные баллы возвращаются; у тех, чей срок вышел, есть ещё ${days(speech, policy.days)}.`,
        `Spent points come back; those whose term is over live ${days(speech, policy.days)} more.`,
      );
}

export function freedCodeSentence(speech: Speech, { freeCodeOnFullReturn }: ProgramSettings): string {
  return freeCodeOnFullReturn
    ? said(
        speech,
        'Промокод полностью возвращённого заказа снова действует.',
        'The promo code of a fully returned order may be used again.',
      )
    : said(
        speech,
        'Промокод полностью возвращённого заказа считается использованным.',
        'The promo code of a fully returned order stays used.',
      );
}

/** How long points are held for an order that is not paid yet. */
export function holdSentence(speech: Speech, settings: ProgramSettings): string {
  const till = minutes(speech, settings.holdMinutesTill);
  const online = hours(speech, settings.holdHoursOnline);
  return said(
    speech,
    `Пока чек не оплачен, баллы отложены: на кассе на ${till}, в онлайн-заказе на ${online}.`,
    `Until a receipt is paid its points are held: ${till} at a till, ${online} for an online order.`,
  );
}

export function releaseSentence(speech: Speech, { releaseGraceHours }: ProgramSettings): string {
  return said(
    speech,
    `Если за это время они сгорели, после отмены живут ещё ${hours(speech, releaseGraceHours)}.`,
    `If they expired meanwhile they live ${hours(speech, releaseGraceHours)} more after a cancellation.`,
  );
}

/** Attaching a shopper to a sale that is over. */
export function attachSentence(speech: Speech, { attach }: ProgramSettings): string {
  if (attach.days === 0)
    return said(
      speech,
      'Привязать чек к покупателю после продажи нельзя.',
      'A sale cannot be attached to a shopper later.',
    );
  const most =
    attach.perDay === null
      ? ''
      : said(
          speech,
          `, не больше ${counted(speech, attach.perDay, ['чека', 'чеков', 'чеков'], ['', ''])} в день`,
          `, at most ${counted(speech, attach.perDay, ['', '', ''], ['sale', 'sales'])} a day`,
        );
  return said(
    speech,
    `Чек без карты можно привязать к покупателю в течение ${counted(speech, attach.days, ['дня', 'дней', 'дней'], ['', ''])}${most}.`,
    `A sale without a card can be attached to a shopper within ${days(speech, attach.days)}${most}.`,
  );
}

export function privacySentence(speech: Speech, { hideAccountUntilVerified }: ProgramSettings): string {
  return hideAccountUntilVerified
    ? said(
        speech,
        'Баланс и предложения на кассе видны только после кода.',
        'Balance and offers are shown at the till only after the code.',
      )
    : said(
        speech,
        'Баланс и предложения на кассе видны сразу.',
        'Balance and offers are shown at the till at once.',
      );
}

export function earnWithoutCodeSentence(speech: Speech, { earnWithoutCode }: ProgramSettings): string {
  return earnWithoutCode
    ? said(speech, 'Чтобы копить, код из сообщения не нужен.', 'No code from a message is needed to earn.')
    : said(
        speech,
        'Копить можно только после кода из сообщения.',
        'Points are earned only after a code from a message.',
      );
}

export function fiscalModeSentence(speech: Speech, { fiscalMode }: ProgramSettings): string {
  return fiscalMode === 'DISCOUNT'
    ? said(
        speech,
        'В чеке баллы уменьшают цены товаров.',
        'On the receipt points lower the prices of the goods.',
      )
    : said(
        speech,
        'В чеке баллы проходят как вид оплаты, цены не меняются.',
        'On the receipt points are a kind of payment, prices stay.',
      );
}
