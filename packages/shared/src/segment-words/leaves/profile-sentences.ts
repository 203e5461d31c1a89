import { said } from '../../sentences/language.ts';
import { attributeSentence } from './attribute-sentence.ts';
import { anniversarySentence } from './anniversary-sentence.ts';
import { consentSentence, identitySentence } from './consent-sentences.ts';
import { happenedWithin } from '../words/moments-words.ts';
import { optionWords } from '../words/option-words.ts';
import type { Sentences } from './sentence-kind.ts';
import { anyOfMany, countAt, countOf, joined, nameIn, YEARS } from '../words/speech.ts';
import type { SegmentSpeech } from '../words/speech.ts';
import type { LeafArgs, Range } from '../../segments/index.ts';

export const PROFILE_SENTENCES: Sentences<
  | 'GENDER'
  | 'AGE'
  | 'FIELD_KNOWN'
  | 'PREFERRED_STORE'
  | 'PREFERRED_CHANNEL'
  | 'KNOWN_SINCE'
  | 'MEMBER_SINCE'
  | 'DO_NOT_DISTURB'
  | 'ATTRIBUTE'
  | 'TAG'
  | 'CONSENT'
  | 'IDENTITY'
  | 'ANNIVERSARY'
> = {
  GENDER: ({ among }, speech) => {
    const list = anyOfMany(speech, among, (gender) => optionWords(speech, 'gender', gender));
    return said(speech, `Пол: ${list}`, `Gender: ${list}`);
  },
  AGE: ({ years }, speech) => said(speech, `Возраст: ${age(speech, years)}`, `Age: ${age(speech, years)}`),
  FIELD_KNOWN: ({ field }, speech) => knownField(speech, field),
  PREFERRED_STORE: ({ stores }, speech, names) => {
    const list = anyOfMany(speech, stores, (store) => nameIn(speech, names, 'STORE', store));
    return said(speech, `Любимый магазин: ${list}`, `Preferred store: ${list}`);
  },
  PREFERRED_CHANNEL: ({ channels }, speech) => {
    const list = anyOfMany(speech, channels, (channel) => optionWords(speech, 'contactChannel', channel));
    return said(speech, `Предпочитаемый канал: ${list}`, `Preferred channel: ${list}`);
  },
  KNOWN_SINCE: ({ moments }, speech) =>
    joined([said(speech, 'Появились в базе', 'Became known'), happenedWithin(speech, moments)]),
  MEMBER_SINCE: ({ moments }, speech) =>
    moments.kind === 'ALWAYS'
      ? said(speech, 'Участники программы', 'Members of the program')
      : joined([said(speech, 'Вступили в программу', 'Joined the program'), happenedWithin(speech, moments)]),
  DO_NOT_DISTURB: (_, speech) => said(speech, 'Просили не беспокоить', 'Asked not to be disturbed'),
  ATTRIBUTE: attributeSentence,
  TAG: ({ tags }, speech) => {
    const list = anyOfMany(speech, tags);
    return said(speech, `Метка ${list}`, `Tagged ${list}`);
  },
  CONSENT: consentSentence,
  IDENTITY: identitySentence,
  ANNIVERSARY: anniversarySentence,
};

function age(speech: SegmentSpeech, { least, most }: Range): string {
  if (least !== undefined && least === most)
    return said(speech, `ровно ${countOf(speech, least, YEARS)}`, `exactly ${least}`);
  if (most === undefined)
    return said(speech, `${countOf(speech, least ?? 0, YEARS)} и старше`, `${least ?? 0} or older`);
  if (least === undefined)
    return said(speech, `не старше ${countAt(speech, most, YEARS)}`, `${most} or younger`);
  return said(speech, `от ${least} до ${countAt(speech, most, YEARS)}`, `${least} to ${most}`);
}

function knownField(speech: SegmentSpeech, field: LeafArgs['FIELD_KNOWN']['field']): string {
  const name = optionWords(speech, 'field', field);
  if (speech.language === 'en') return `The ${name} is known`;
  if (field === 'NAME') return `Указано ${name}`;
  return field === 'BIRTH_DATE' ? `Указана ${name}` : `Указан ${name}`;
}
