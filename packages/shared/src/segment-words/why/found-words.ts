import { LIFECYCLE_STAGES } from '../../segments/index.ts';
import type { Leaf, LeafCode, LeafOf } from '../../segments/index.ts';
import { percent } from '../../sentences/amounts.ts';
import { allOf, quoted, said } from '../../sentences/language.ts';
import { ago, dayOf, nearDay, nearInstant } from '../words/instant-words.ts';
import { optionWords } from '../words/option-words.ts';
import { countAt, countOf, nameIn, number, PIECES, YEARS } from '../words/speech.ts';
import type { Names, Noun, SegmentSpeech } from '../words/speech.ts';
import { measuredWords } from './measured-words.ts';

/** With what a verdict is told. */
export interface Telling {
  readonly speech: SegmentSpeech;
  readonly names: Names;
  /** The moment of the verdict. */
  readonly now: number;
}

type Found<Code extends LeafCode> = (
  value: unknown,
  leaf: Extract<Leaf, { leaf: Code }>,
  telling: Telling,
  holds: boolean,
) => string;

/** What was found about a shopper at a leaf: «1 покупка из нужных 2», «последняя 12 октября, 41 день назад». */
export function foundWords(leaf: Leaf, value: unknown, holds: boolean, telling: Telling): string {
  // The code of the leaf tells which function takes it; TypeScript does not follow it through the table.
  const found = FOUND[leaf.leaf] as Found<LeafCode>;
  return found(value, leaf, telling, holds);
}

const FOUND: { readonly [Code in LeafCode]: Found<Code> } = {
  GENDER: (value, _, { speech }) => optionWords(speech, 'gender', text(value) ?? 'UNKNOWN'),
  AGE: (value, _, { speech }) =>
    typeof value === 'number'
      ? countOf(speech, value, YEARS)
      : said(speech, 'дата рождения неизвестна', 'the birth date is not known'),
  FIELD_KNOWN: yesOrNo,
  PREFERRED_STORE: (value, _, { speech, names }) =>
    namedOr(value, (store) => nameIn(speech, names, 'STORE', store), none(speech)),
  PREFERRED_CHANNEL: (value, _, { speech }) =>
    namedOr(value, (channel) => optionWords(speech, 'contactChannel', channel), none(speech)),
  KNOWN_SINCE: (value, _, telling) => moment('', value, telling, none(telling.speech)),
  MEMBER_SINCE: (value, _, telling) =>
    moment('', value, telling, said(telling.speech, 'не участвует в программе', 'no member')),
  DO_NOT_DISTURB: yesOrNo,
  ATTRIBUTE: (value, leaf, telling) => attributeWords(value, leaf, telling),
  TAG: (value, _, { speech }) =>
    namedOr(value, (tags) => tags, said(speech, 'таких меток нет', 'no such tags')),
  CONSENT: (value, _, { speech }) => optionWords(speech, 'consent', text(value) ?? 'UNASKED'),
  IDENTITY: thereOrNot,
  ANNIVERSARY: (value, _, { speech }) =>
    namedOr(value, (day) => dayOf(speech, day), said(speech, 'дата неизвестна', 'the date is not known')),

  PURCHASES: (value, leaf, { speech }) => measuredWords(leaf, value, speech),
  PURCHASE_DATE: (value, { which }, telling) => {
    const { speech } = telling;
    const word = optionWords(speech, 'which', which);
    return moment(word, value, telling, said(speech, 'таких покупок нет', 'no such purchases'));
  },
  BOUGHT_WITHOUT: (value, _, telling) => {
    const { speech } = telling;
    const over = said(speech, 'срок вышел', 'the time was over');
    return moment(over, value, telling, said(speech, 'такой покупки нет', 'no such purchase'));
  },
  OWN_INTERVAL: (value, _, telling) => intervalWords(value, telling),
  INTEREST: interestWords,
  RFM: (value, _, { speech }) => rfmWords(value, speech),
  LIFECYCLE: (value, _, telling) => lifecycleWords(value, telling),

  EVENTS: (value, leaf, { speech }) => measuredWords(leaf, value, speech),
  EVENT_DATE: (value, { which }, telling) => {
    const { speech } = telling;
    const word = which === 'FIRST' ? said(speech, 'первое', 'first') : said(speech, 'последнее', 'last');
    return moment(word, value, telling, said(speech, 'не было ни разу', 'never happened'));
  },

  POINTS: (value, leaf, { speech }) => measuredWords(leaf, value, speech),
  TIER: (value, _, { speech, names }) =>
    namedOr(
      value,
      (tiers) =>
        allOf(
          speech,
          tiers.split(BETWEEN).map((tier) => nameIn(speech, names, 'TIER', tier)),
        ),
      said(speech, 'уровня нет', 'no tier'),
    ),
  PROMO_CODE: (value, leaf, telling) =>
    typeof value === 'number' ? countOf(telling.speech, value, CODES) : thereOrNot(value, leaf, telling),

  // What was found belongs to a condition of that segment, not to this one.
  SEGMENT: (_value, leaf, telling, holds) => inOrNot(holds, leaf, telling),
  SNAPSHOT: inOrNot,
  BUCKET: (value, _, { speech }) => (typeof value === 'number' ? percent(speech, value) : none(speech)),
};

/** Several values come as one text. */
const BETWEEN = ', ';

const CODES: Noun = {
  ru: ['промокод', 'промокода', 'промокодов', 'промокода'],
  en: ['promo code', 'promo codes'],
};

function yesOrNo(value: unknown, _: Leaf, { speech }: Telling): string {
  return isThere(value) ? said(speech, 'да', 'yes') : said(speech, 'нет', 'no');
}

function thereOrNot(value: unknown, _: Leaf, { speech }: Telling): string {
  return isThere(value) ? said(speech, 'есть', 'there is one') : said(speech, 'нет', 'there is none');
}

function inOrNot(value: unknown, _: Leaf, { speech }: Telling): string {
  return isThere(value) ? said(speech, 'входит', 'is in it') : said(speech, 'не входит', 'is not in it');
}

/** «последняя 12 октября, 41 день назад»; `missing` where there was no such moment. */
function moment(word: string, value: unknown, { speech, now }: Telling, missing: string): string {
  const at = instant(value);
  if (at === null) return missing;
  const told = `${nearDay(speech, at, now)}, ${ago(speech, at, now)}`;
  return word === '' ? told : `${word} ${told}`;
}

/** Where the share is enough and the verdict is no, too few pieces were kept. */
function interestWords(
  value: unknown,
  leaf: LeafOf<'INTEREST'>,
  { speech }: Telling,
  holds: boolean,
): string {
  const share = measuredWords(leaf, value, speech);
  if (holds || typeof value !== 'number' || value < leaf.leastShare) return share;
  const pieces = countAt(speech, leaf.pieces, PIECES);
  return said(speech, `${share}, но меньше ${pieces}`, `${share}, but fewer than ${pieces}`);
}

function intervalWords(value: unknown, telling: Telling): string {
  const { speech, now } = telling;
  const unknown = said(speech, 'обычный перерыв ещё неизвестен', 'the usual gap is not known yet');
  const at = instant(value);
  if (at !== null && Date.parse(at) > now) {
    const when = nearInstant(speech, at, now);
    return said(speech, `срок выйдет ${when}`, `the time is over on ${when}`);
  }
  return moment(said(speech, 'срок вышел', 'the time was over'), value, telling, unknown);
}

/** A verdict alone is told of a value that may not be seen. */
function attributeWords(
  value: unknown,
  { attribute, test }: LeafOf<'ATTRIBUTE'>,
  { speech, names }: Telling,
): string {
  const asksYesOrNo = 'is' in test;
  if (typeof value === 'boolean' && asksYesOrNo)
    return value ? said(speech, 'да', 'yes') : said(speech, 'нет', 'no');
  if (typeof value === 'boolean')
    return value ? said(speech, 'подходит', 'it fits') : said(speech, 'не подходит', 'it does not fit');
  if (typeof value === 'number') return number(speech, value);
  const unknown = said(speech, 'неизвестно', 'not known');
  return namedOr(value, (one) => (isDay(one) ? dayOf(speech, one) : choiceWords(one)), unknown);

  function choiceWords(one: string): string {
    const choices = one.split(BETWEEN).map((choice) => names.choice?.(attribute, choice));
    const known = choices.filter((choice) => choice !== undefined);
    return known.length === choices.length
      ? known.map((choice) => quoted(speech, choice)).join(', ')
      : quoted(speech, one);
  }
}

/** 543: the scores of recency, frequency and money. */
function rfmWords(value: unknown, speech: SegmentSpeech): string {
  const [recency, frequency, monetary, ...more] = typeof value === 'number' ? String(value) : '';
  if (recency === undefined || frequency === undefined || monetary === undefined || more.length > 0)
    return said(speech, 'покупок в окне модели нет', 'no purchases in the window of the model');
  return said(
    speech,
    `давность ${recency}, частота ${frequency}, сумма ${monetary}`,
    `recency ${recency}, frequency ${frequency}, monetary ${monetary}`,
  );
}

/** The stage, or what it is told by: the last purchase. */
function lifecycleWords(value: unknown, telling: Telling): string {
  const { speech } = telling;
  const stage = LIFECYCLE_STAGES.find((known) => known === value);
  if (stage !== undefined) return optionWords(speech, 'lifecycle', stage);
  const last = said(speech, 'последняя покупка', 'last purchase');
  return moment(last, value, telling, said(speech, 'покупок нет', 'no purchases'));
}

function namedOr(value: unknown, told: (value: string) => string, missing: string): string {
  const name = typeof value === 'number' ? String(value) : text(value);
  return name === null ? missing : told(name);
}

function none(speech: SegmentSpeech): string {
  return said(speech, 'нет', 'none');
}

function isThere(value: unknown): boolean {
  return value !== null && value !== undefined && value !== false;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** ISO 8601 of a moment; null: there was none. */
function instant(value: unknown): string | null {
  const at = value instanceof Date ? value.toISOString() : text(value);
  return at === null || Number.isNaN(Date.parse(at)) ? null : at;
}

function isDay(value: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(T|$)/.test(value) && !Number.isNaN(Date.parse(value));
}
