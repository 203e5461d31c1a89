import type { ProgramSettings } from '@clientele/shared/receipt';
import {
  actionSentence,
  days,
  earningSentence,
  money,
  points,
  said,
  type Language,
  type Speech,
} from '@clientele/shared/sentences';

/** Points granted at once, with what they were granted for. */
export interface GrantedLot {
  source: string;
  /** Of the earning rule or the action. */
  ruleCode: string | null;
  granted: number;
  /** What is left of them. */
  left: number;
  earnedAt: Date;
  activateAt: Date;
  orderId: string | null;
  boughtAt: Date | null;
  /** Minor units of `currency`. */
  toPay: number | null;
  currency: string | null;
  /** Of the store: whose day the purchase was on. */
  timezone: string | null;
  /** The words of whoever corrected the balance. */
  reason: string | null;
  /** The rules it was granted by; null: not known any more. */
  settings: ProgramSettings | null;
}

const DAY_MS = 86_400_000;

/** Why there are that many points and why they wait, in sentences for the shopper. */
export function lotReason(lot: GrantedLot, language: Language): string {
  const { settings, currency } = lot;
  const speech: Speech = {
    language,
    currencies: currency === null ? Object.keys(settings?.pointValueMinor ?? {}) : [currency],
  };
  const sentences = [whatFor(lot, speech), taken(lot, speech), waits(lot, speech)];
  return sentences.filter((sentence) => sentence !== null).join(' ');
}

function whatFor(lot: GrantedLot, speech: Speech): string {
  const { source, ruleCode, settings } = lot;
  if (lot.boughtAt !== null) return [bought(lot, speech), ruleWords(lot, speech)].filter(Boolean).join(' ');
  const action = settings?.actions.find(({ code }) => code === ruleCode);
  if (source === 'EVENT' && action !== undefined) return actionSentence(speech, action);
  if (source === 'ADJUST' && lot.reason !== null)
    return said(speech, `Начислены вручную: ${lot.reason}.`, `Granted by staff: ${lot.reason}.`);
  if (source === 'IMPORT')
    return said(speech, 'Перенесены из прежней программы.', 'Brought along from the program before.');
  if (source === 'RESTORE')
    return said(speech, 'Вернулись за возврат товара.', 'Came back for returned goods.');
  if (source === 'MERGE' || source === 'UNMERGE')
    return said(speech, 'Перешли с другого вашего счёта.', 'Came from another account of yours.');
  return said(speech, 'Начислены.', 'Granted.');
}

function bought({ boughtAt, toPay, currency, timezone, granted }: GrantedLot, speech: Speech): string {
  const locale = speech.language === 'ru' ? 'ru-RU' : 'en-GB';
  const day = new Intl.DateTimeFormat(locale, {
    day: 'numeric',
    month: 'long',
    timeZone: timezone ?? 'UTC',
  }).format(boughtAt ?? 0);
  const sum = money(speech, toPay ?? 0, currency ?? '');
  return said(
    speech,
    `${points(speech, granted)} за покупку ${day}, оплачено ${sum}.`,
    `${points(speech, granted)} for the purchase of ${day}, ${sum} paid.`,
  );
}

/** The rule as a sentence; of several that granted together none is told alone. */
function ruleWords({ settings, ruleCode }: GrantedLot, speech: Speech): string | null {
  const rules = settings?.earningRules ?? [];
  const rule = rules.find(({ code }) => code === ruleCode) ?? (rules.length === 1 ? rules[0] : undefined);
  const sentence = rule === undefined ? null : earningSentence(speech, rule);
  return sentence === null ? null : said(speech, `Правило: ${sentence}`, `The rule: ${sentence}`);
}

function taken({ granted, left }: GrantedLot, speech: Speech): string | null {
  if (left >= granted) return null;
  const less = points(speech, granted - left);
  return said(speech, `${less} уже снято: товар вернули.`, `${less} taken back: goods were returned.`);
}

function waits({ earnedAt, activateAt }: GrantedLot, speech: Speech): string | null {
  const wait = Math.round((activateAt.getTime() - earnedAt.getTime()) / DAY_MS);
  if (wait <= 0) return null;
  return said(
    speech,
    `Станут активными через ${days(speech, wait)} после начисления.`,
    `Active ${days(speech, wait)} after they were granted.`,
  );
}
