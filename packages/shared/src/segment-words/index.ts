export { conditionSentence, emptyGroupSentence, groupHeading } from './condition-sentence.ts';
export { countedWithin, happenedWithin } from './words/moments-words.ts';
export { optionWords } from './words/option-words.ts';
export type { OptionKind } from './words/option-words.ts';
export { USUAL_HALF_LIFE_DAYS } from './leaves/purchase-sentences.ts';
export { NO_NAMES } from './words/speech.ts';
export type { Names, SegmentSpeech } from './words/speech.ts';
