import type { ActionRule, ProgramSettings, TierLevel } from '@clientele/shared/receipt';
import {
  actionSentence,
  capSentence,
  codeSentence,
  earningSentence,
  floorPriceSentence,
  freezeSentence,
  goodsOfAny,
  ladderSentence,
  levelSentence,
  lifeSentence,
  multiplierSentence,
  pointValueSentence,
  said,
  spendingBoundsSentence,
  withTierNames,
  type Language,
  type Speech,
} from '@clientele/shared/sentences';
import type { ProgramMode } from './programs.ts';

export type { Language } from '@clientele/shared/sentences';

export interface RulesOccasion {
  language: Language;
  /** ISO 4217: rules speak of this money; rules of other currencies are left out. */
  currency: string;
  mode: ProgramMode;
  liveAt: Date | null;
}

/** The rules of a program as sentences for shoppers and cashiers, one a line. */
export function rulesText(settings: ProgramSettings, occasion: RulesOccasion): string {
  const { language, currency, mode, liveAt } = occasion;
  const speech = withTierNames({ language, currencies: [currency] }, settings);
  const sentences = [
    ...settings.earningRules.map((rule) => earningSentence(speech, rule)),
    ...settings.multipliers.map((rule) => multiplierSentence(speech, rule)),
    notEarning(speech, settings),
    ...settings.actions.map((rule) => shoppersAction(speech, rule)),
    freezeSentence(speech, settings),
    lifeSentence(speech, settings),
    ...spending(speech, settings),
    ...tiers(speech, settings),
    returns(speech),
    mode === 'EARN_ONLY' ? notLive(speech, liveAt, settings.timezone) : null,
    mode === 'OFF' ? said(speech, 'Программа выключена.', 'The program is switched off.') : null,
  ];
  return sentences.filter((sentence) => sentence !== null).join('\n');
}

function notEarning(speech: Speech, { earningExclusions, earnOnPoints }: ProgramSettings): string | null {
  const goods = goodsOfAny(speech, earningExclusions);
  const parts = [
    goods && said(speech, `Баллы не начисляются на: ${goods}.`, `Points are not earned on: ${goods}.`),
    earnOnPoints === 'NET'
      ? said(
          speech,
          'Баллы начисляются на то, что оплачено деньгами.',
          'Points are earned on what is paid in money.',
        )
      : null,
    earnOnPoints === 'NONE'
      ? said(
          speech,
          'На покупку, оплаченную частью баллами, новые не начисляются.',
          'A purchase paid in part with points earns no new ones.',
        )
      : null,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('\n');
}

/** Kinds of behaviour events are names of the integration, nothing a shopper reads. */
function shoppersAction(speech: Speech, { event: _event, ...rule }: ActionRule): string {
  return actionSentence(speech, rule.on === 'EVENT' ? { ...rule, event: rule.name } : rule);
}

function spending(speech: Speech, settings: ProgramSettings): (string | null)[] {
  const { redemption } = settings;
  const value = pointValueSentence(speech, settings);
  if (value === null)
    return [said(speech, 'В этой валюте баллы не принимаются.', 'Points are not accepted in this currency.')];
  const excluded = goodsOfAny(speech, redemption.exclusions);
  return [
    capSentence(speech, redemption),
    value,
    spendingBoundsSentence(speech, redemption),
    floorPriceSentence(speech, redemption),
    excluded && said(speech, `Баллами нельзя платить за: ${excluded}.`, `Points never pay for: ${excluded}.`),
    // Which stores go without the code is seen at the till.
    codeSentence(speech, { ...redemption.code, neverAtStoreIds: [] }),
  ];
}

function tiers(speech: Speech, { tiers: ladder }: ProgramSettings): string[] {
  if (ladder.levels.length === 0) return [];
  return [
    ladderSentence(speech, ladder),
    ...ladder.levels.map((level: TierLevel) => levelSentence(speech, level, ladder.basis)),
  ];
}

function returns(speech: Speech): string {
  return said(
    speech,
    'При возврате потраченные на товар баллы возвращаются, начисленные за него — снимаются.',
    'When goods are returned, points spent on them come back and points earned on them are taken back.',
  );
}

function notLive(speech: Speech, from: Date | null, zone: string): string {
  if (from === null) return said(speech, 'Пока баллы только копятся.', 'For now points are only collected.');
  const [ru, en] = [day(from, zone, 'ru-RU'), day(from, zone, 'en-GB')];
  return said(
    speech,
    `Пока баллы только копятся; тратить их можно с ${ru}.`,
    `For now points are only collected; they can be spent from ${en}.`,
  );
}

function day(instant: Date, zone: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }).format(instant);
}
