export { actionSentence } from './action-sentences.ts';
export {
  days,
  factor,
  hours,
  minutes,
  money,
  percent,
  points,
  pointsAtLimit,
  sums,
  times,
} from './amounts.ts';
export { earningSentence, limitSentence, multiplierSentence } from './earning-sentences.ts';
export { goodsOfAny, goodsWithAll, namesGoods } from './goods-words.ts';
export { earnWithoutCodeSentence } from './house-sentences.ts';
export { allOf, anyOf, counted, quoted, russianForm, said, wholeNumber } from './language.ts';
export type { Language, Speech } from './language.ts';
export { dayWords, hourWords, matchWords, tierWords, weekdayWords } from './match-words.ts';
export { changedPaths, programDifference } from './program-difference.ts';
export type { ProgramDifference, SentenceChange } from './program-difference.ts';
export { programSentences, withTierNames } from './program-sentences.ts';
export type { ProgramSentence, ProgramTopic } from './program-sentences.ts';
export {
  capSentence,
  codeSentence,
  floorPriceSentence,
  freezeSentence,
  lifeSentence,
  pointValueSentence,
  spendingBoundsSentence,
  tierSpendingWords,
} from './spending-sentences.ts';
export { ladderSentence, levelSentence } from './tier-sentences.ts';
