import type {
  EarningLimit,
  EarningRule,
  MultiplierRule,
  ProgramSettings,
} from '../receipt/program-settings.ts';
import { days, factor, money, percent, points, pointsAtLimit, sums } from './amounts.ts';
import { anyOf, quoted, said, type Speech } from './language.ts';
import { matchWords, type GoodsPlace } from './match-words.ts';

/** «3 балла за каждые полные 100 ₽, по выходным. Округление вверх.»; null where it gives nothing in these currencies. */
export function earningSentence(speech: Speech, rule: EarningRule): string | null {
  const gives = givesWords(speech, rule);
  return gives === null
    ? null
    : `${withMatch(speech, gives, rule.match, PLACES[rule.type])}.${extraWords(speech, rule)}`;
}

const PLACES: Readonly<Record<EarningRule['type'], GoodsPlace>> = {
  AMOUNT_STEP: 'ON',
  PERCENT: 'FOR',
  PER_ITEM: 'OF',
  PER_VISIT: 'OF',
};

function givesWords(speech: Speech, rule: EarningRule): string | null {
  switch (rule.type) {
    case 'AMOUNT_STEP':
      return stepWords(speech, rule.steps);
    case 'PERCENT':
      return said(
        speech,
        `${percent(speech, rule.rateBp)} от суммы возвращается баллами`,
        `${percent(speech, rule.rateBp)} of the amount comes back in points`,
      );
    case 'PER_ITEM':
      return said(
        speech,
        `${points(speech, rule.points)} за каждую штуку`,
        `${points(speech, rule.points)} for each piece`,
      );
    case 'PER_VISIT':
      return visitWords(speech, rule.points, sums(speech, rule.atLeast), isFree(speech, rule.atLeast));
  }
}

/** Currencies that give the same are said together: «3 балла за каждые полные 100 ₽ или 500 ₸». */
function stepWords(
  speech: Speech,
  steps: Readonly<Record<string, { readonly stepMinor: number; readonly points: number }>>,
): string | null {
  const byPoints = new Map<number, string[]>();
  for (const currency of speech.currencies) {
    const step = steps[currency];
    if (step === undefined) continue;
    const known = byPoints.get(step.points) ?? [];
    byPoints.set(step.points, [...known, money(speech, step.stepMinor, currency)]);
  }
  if (byPoints.size === 0) return null;
  const parts = [...byPoints].map(([granted, amounts]) =>
    said(
      speech,
      `${points(speech, granted)} за каждые полные ${anyOf(speech, amounts)}`,
      `${points(speech, granted)} for each full ${anyOf(speech, amounts)}`,
    ),
  );
  return parts.join('; ');
}

function visitWords(speech: Speech, granted: number, from: string | null, always: boolean): string | null {
  if (from === null) return null;
  return always
    ? said(speech, `${points(speech, granted)} за покупку`, `${points(speech, granted)} for a purchase`)
    : said(
        speech,
        `${points(speech, granted)} за покупку от ${from}`,
        `${points(speech, granted)} for a purchase of ${from} or more`,
      );
}

function isFree(speech: Speech, amounts: Readonly<Record<string, number>>): boolean {
  return speech.currencies.every((currency) => (amounts[currency] ?? 0) === 0);
}

function extraWords(speech: Speech, rule: EarningRule): string {
  const extras = [
    rule.exclusive === true
      ? said(speech, 'Другие правила на эти товары уже не действуют.', 'Other rules leave these goods alone.')
      : null,
    rule.rounding === 'CEIL' ? said(speech, 'Округление вверх.', 'Rounded up.') : null,
    rule.rounding === 'HALF_UP' ? said(speech, 'Округление до ближайшего.', 'Rounded to the nearest.') : null,
    (rule.priority ?? 0) === 0
      ? null
      : said(speech, `Порядок: ${rule.priority ?? 0}.`, `Order: ${rule.priority ?? 0}.`),
  ];
  return extras.map((extra) => (extra === null ? '' : ` ${extra}`)).join('');
}

/** «×2 на товары категории «Обувь», по выходным.» */
export function multiplierSentence(speech: Speech, rule: MultiplierRule): string {
  const gives = said(
    speech,
    `Баллов ${factor(speech, rule.factorBp)}`,
    `Points ${factor(speech, rule.factorBp)}`,
  );
  return `${withMatch(speech, gives, rule.match)}.`;
}

function withMatch(
  speech: Speech,
  gives: string,
  match: EarningRule['match'],
  place: GoodsPlace = 'ON',
): string {
  const when = matchWords(speech, match, place);
  return when === '' ? gives : `${gives} ${when}`;
}

/** How several multipliers act together. */
export function multiplierModeSentence(
  speech: Pick<Speech, 'language'>,
  mode: ProgramSettings['multiplierMode'],
): string {
  return mode === 'ADDITIVE'
    ? said(
        speech,
        'Несколько множителей складываются: ×1,5 и ×2 дают ×2,5.',
        'Several multipliers add up: ×1.5 and ×2 make ×2.5.',
      )
    : said(
        speech,
        'Несколько множителей перемножаются: ×1,5 и ×2 дают ×3.',
        'Several multipliers are multiplied: ×1.5 and ×2 make ×3.',
      );
}

export function earnOnPointsSentence(
  speech: Pick<Speech, 'language'>,
  { earnOnPoints }: Pick<ProgramSettings, 'earnOnPoints'>,
): string {
  const words = {
    NET: said(
      speech,
      'Баллы начисляются на то, что оплачено деньгами.',
      'Points are earned on what is paid in money.',
    ),
    NONE: said(
      speech,
      'На чек, где платили баллами, ничего не начисляется.',
      'A receipt paid in part with points earns nothing.',
    ),
    GROSS: said(
      speech,
      'Баллы начисляются на всю сумму, и на оплаченное баллами.',
      'Points are earned on the whole amount, also on what points paid.',
    ),
  };
  return words[earnOnPoints];
}

/** «Не больше 500 баллов в день на одного покупателя.» @param ruleName by code of a rule or action */
export function limitSentence(
  speech: Speech,
  limit: EarningLimit,
  ruleName: (code: string) => string,
): string {
  const most = said(
    speech,
    `Не больше ${pointsAtLimit(speech, limit.max)}`,
    `Not more than ${points(speech, limit.max)}`,
  );
  return `${most} ${windowWords(speech, limit)}${scopeWords(speech, limit, ruleName)}.`;
}

function windowWords(speech: Speech, { window, days: length = 1 }: EarningLimit): string {
  const ru = {
    RECEIPT: 'за один чек',
    DAY: 'в день',
    WEEK: 'в неделю',
    MONTH: 'в месяц',
    YEAR: 'в год',
    ALWAYS: 'за всё время',
    ROLLING: `за любые ${days(speech, length)}`,
  };
  const en = {
    RECEIPT: 'on one receipt',
    DAY: 'a day',
    WEEK: 'a week',
    MONTH: 'a month',
    YEAR: 'a year',
    ALWAYS: 'in all',
    ROLLING: `in any ${days(speech, length)}`,
  };
  return said(speech, ru[window], en[window]);
}

function scopeWords(
  speech: Speech,
  { scope, rule }: EarningLimit,
  ruleName: (code: string) => string,
): string {
  if (scope === 'PROGRAM') return said(speech, ' на всю программу', ' for the whole program');
  const shopper = said(speech, ' одному покупателю', ' to one shopper');
  if (scope === 'SHOPPER') return shopper;
  const name = quoted(speech, ruleName(rule ?? ''));
  return shopper + said(speech, ` по правилу ${name}`, ` by the rule ${name}`);
}
