import type { Group, Leaf, LeafCode } from '../segments/index.ts';
import { said } from '../sentences/language.ts';
import { BEHAVIOUR_SENTENCES } from './leaves/behaviour-sentences.ts';
import { LOYALTY_SENTENCES } from './leaves/loyalty-sentences.ts';
import { PROFILE_SENTENCES } from './leaves/profile-sentences.ts';
import { PURCHASE_SENTENCES } from './leaves/purchase-sentences.ts';
import type { Sentence, Sentences } from './leaves/sentence-kind.ts';
import { SET_SENTENCES } from './leaves/set-sentences.ts';
import { countAt } from './words/speech.ts';
import type { Names, Noun, SegmentSpeech } from './words/speech.ts';

const SENTENCES: Sentences<LeafCode> = {
  ...PROFILE_SENTENCES,
  ...PURCHASE_SENTENCES,
  ...BEHAVIOUR_SENTENCES,
  ...LOYALTY_SENTENCES,
  ...SET_SENTENCES,
};

/** A leaf without problems as one sentence without a full stop: «Последняя покупка — больше 180 дней назад». */
export function conditionSentence(leaf: Leaf, names: Names, speech: SegmentSpeech): string {
  // The code of the leaf tells the type of its arguments; TypeScript does not follow it through the table.
  const sentence = SENTENCES[leaf.leaf] as Sentence<LeafCode>;
  return sentence(leaf, speech, names);
}

const CONDITIONS: Noun = {
  ru: ['условие', 'условия', 'условий', 'условия'],
  en: ['condition', 'conditions'],
};

/** What a group asks of its parts: «все условия», «хотя бы 2 из 3 условий». */
export function groupHeading(group: Group, speech: SegmentSpeech): string {
  switch (group.group) {
    case 'ALL':
      return said(speech, 'все условия', 'all of the conditions');
    case 'ANY':
      return said(speech, 'любое из условий', 'any of the conditions');
    case 'NONE':
      return said(speech, 'ни одно из условий', 'none of the conditions');
    case 'AT_LEAST': {
      const all = countAt(speech, group.of.length, CONDITIONS);
      return said(speech, `хотя бы ${group.k} из ${all}`, `at least ${group.k} of ${all}`);
    }
  }
}

/** What a group without parts means; null: it has some. */
export function emptyGroupSentence(group: Group, speech: SegmentSpeech): string | null {
  if (group.of.length > 0) return null;
  return group.group === 'ALL' || group.group === 'NONE'
    ? said(speech, 'все покупатели', 'every shopper')
    : said(speech, 'никто', 'nobody');
}
