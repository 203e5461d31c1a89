import type { LeafArgs } from '../../segments/index.ts';
import { quoted, said } from '../../sentences/language.ts';
import { optionWords } from '../words/option-words.ts';
import type { Sentence } from './sentence-kind.ts';
import { joined } from '../words/speech.ts';
import type { SegmentSpeech } from '../words/speech.ts';

/** «Есть согласие на рекламу по SMS», «Отказались от рекламы». */
export const consentSentence: Sentence<'CONSENT'> = (
  { purpose, channel, topic, state },
  speech,
  { topic: topicName },
) => {
  const about = topic === undefined ? '' : quoted(speech, topicName?.(topic) ?? topic);
  const what = joined([
    purposeWords(speech, purpose, state),
    channel === undefined ? '' : by(speech, channel),
  ]);
  const begin = {
    GRANTED: said(speech, 'Есть согласие на', 'Consent to'),
    REFUSED: said(speech, 'Отказались от', 'Refused'),
    UNASKED: said(speech, 'Не спрашивали о согласии на', 'Not asked about'),
  }[state];
  const sentence = `${begin} ${what}`;
  return about === '' ? sentence : `${sentence}, ${said(speech, 'тема', 'topic')} ${about}`;
};

/** «Есть подтверждённый телефон». */
export const identitySentence: Sentence<'IDENTITY'> = ({ kind, verified }, speech) => {
  const noun = optionWords(speech, 'identity', kind);
  if (speech.language === 'ru') return joined(['Есть', verifiedRu(kind, verified), noun]);
  if (verified === undefined) return `Has ${kind === 'EMAIL' || kind === 'EXTERNAL' ? 'an' : 'a'} ${noun}`;
  return verified ? `Has a verified ${noun}` : `Has an unverified ${noun}`;
};

function purposeWords(speech: SegmentSpeech, purpose: string, state: LeafArgs['CONSENT']['state']): string {
  if (speech.language === 'en') return optionWords(speech, 'purpose', purpose);
  const [to, from] =
    purpose === 'PROCESSING' ? ['обработку данных', 'обработки данных'] : ['рекламу', 'рекламы'];
  return state === 'REFUSED' ? from : to;
}

const BY: Readonly<Record<string, readonly [ru: string, en: string]>> = {
  EMAIL: ['по e-mail', 'by e-mail'],
  SMS: ['по SMS', 'by SMS'],
  VIBER: ['в Viber', 'in Viber'],
  PUSH: ['через push', 'by push'],
  CALL: ['по телефону', 'by phone'],
};

function by(speech: SegmentSpeech, channel: string): string {
  const words = Object.hasOwn(BY, channel) ? BY[channel] : undefined;
  return words === undefined ? channel : said(speech, words[0], words[1]);
}

function verifiedRu(kind: LeafArgs['IDENTITY']['kind'], verified: boolean | undefined): string {
  if (verified === undefined) return '';
  const not = verified ? '' : 'не';
  if (kind === 'CARD') return `${not}подтверждённая`;
  return kind === 'DEVICE' ? `${not}подтверждённое` : `${not}подтверждённый`;
}
