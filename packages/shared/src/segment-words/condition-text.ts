import { isGroup } from '../segments/index.ts';
import type { Condition } from '../segments/index.ts';
import { conditionSentence, emptyGroupSentence, groupHeading } from './condition-sentence.ts';
import type { Names, SegmentSpeech } from './words/speech.ts';

/** A whole condition in one line: «все условия: Метка «vip»; (любое из условий: …)». */
export function conditionText(condition: Condition, names: Names, speech: SegmentSpeech): string {
  if (!isGroup(condition)) return conditionSentence(condition, names, speech);
  const empty = emptyGroupSentence(condition, speech);
  if (empty !== null) return empty;
  const parts = condition.of.map((part) => {
    const text = conditionText(part, names, speech);
    return isGroup(part) && part.of.length > 0 ? `(${text})` : text;
  });
  return `${groupHeading(condition, speech)}: ${parts.join('; ')}`;
}
