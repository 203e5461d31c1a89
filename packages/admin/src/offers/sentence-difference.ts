import type { PromotionRules } from '@clientele/shared/promotions';
import { said } from '@clientele/shared/sentences';
import { audienceSentence } from './audience-sentence.ts';
import { benefitSentence } from './promotion-sentence.ts';
import {
  conditionSentence,
  limitSentences,
  placeSentence,
  timeSentence,
  type RuleSpeech,
} from './terms-sentence.ts';

export interface Saying {
  readonly title: string;
  readonly rules: PromotionRules;
}

/** What a promotion said before an edit and no longer says, and what it says since: whole sentences. */
export function sentenceDifference(
  speech: RuleSpeech,
  before: Saying,
  after: Saying,
): { gone: string[]; come: string[] } {
  const [one, other] = [allSentences(speech, before), allSentences(speech, after)];
  return {
    gone: one.filter((sentence) => !other.includes(sentence)),
    come: other.filter((sentence) => !one.includes(sentence)),
  };
}

/** Everything a promotion says, a sentence each. */
export function allSentences(speech: RuleSpeech, { title, rules }: Saying): string[] {
  return [
    said(speech, `Название: ${title}`, `Title: ${title}`),
    ...PARTS.flatMap((part) => partSentences(speech, part, rules)),
  ];
}

const PARTS = ['benefits', 'conditions', 'audience', 'when', 'where', 'limits', 'allowsPoints', 'say'];

/** What one part of the rules says. */
export function partSentences(speech: RuleSpeech, part: string, rules: PromotionRules): string[] {
  switch (part) {
    case 'benefits':
      return rules.benefits.map((benefit) => benefitSentence(speech, benefit));
    case 'conditions':
      return rules.conditions.map((condition) => conditionSentence(speech, condition));
    case 'audience':
      return [audienceSentence(speech, rules.audience)];
    case 'when':
      return [timeSentence(speech, rules.when)];
    case 'where':
      return [placeSentence(speech, rules.where)];
    case 'limits':
      return limitSentences(speech, rules.limits);
    case 'allowsPoints':
      return [
        rules.allowsPoints
          ? said(speech, 'Можно оплачивать баллами', 'Points may pay')
          : said(speech, 'Баллами не оплачивается', 'Points may not pay'),
      ];
    default:
      return rules.say === ''
        ? []
        : [said(speech, `Слова кассиру: «${rules.say}»`, `Words to read: “${rules.say}”`)];
  }
}
