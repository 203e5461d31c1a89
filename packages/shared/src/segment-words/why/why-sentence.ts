import { isGroup, nodesOf } from '../../segments/index.ts';
import type { Condition, Group } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { conditionSentence, emptyGroupSentence, groupHeading } from '../condition-sentence.ts';
import { nearInstant } from '../words/instant-words.ts';
import { countAt } from '../words/speech.ts';
import type { Noun, SegmentSpeech } from '../words/speech.ts';
import { foundWords } from './found-words.ts';
import type { Telling } from './found-words.ts';

/** What was decided at one node, as the API tells it. */
export interface NodeVerdict {
  readonly path: readonly string[];
  readonly holds: boolean;
  /** Of a leaf: what was found. */
  readonly value: unknown;
  /** ISO 8601; null: it does not turn by itself. */
  readonly flipsAt: string | null;
}

/** A node of a condition with its verdict, ready to be shown. */
export interface ExplainedNode {
  readonly path: readonly string[];
  /** Groups around it. */
  readonly depth: number;
  readonly holds: boolean;
  /** What is asked. */
  readonly sentence: string;
  /** What was found, and when that turns by itself. */
  readonly why: string;
}

/** Every node that has a verdict, each group before its parts. */
export function explainedNodes(
  condition: Condition,
  verdicts: readonly NodeVerdict[],
  telling: Telling,
): readonly ExplainedNode[] {
  const byPath = new Map(verdicts.map((verdict) => [verdict.path.join('.'), verdict]));
  return nodesOf(condition).flatMap(({ path, node }) => {
    const verdict = byPath.get(path.join('.'));
    if (verdict === undefined) return [];
    const { speech, names } = telling;
    const parts = isGroup(node)
      ? node.of.map((_, index) => byPath.get([...path, 'of', String(index)].join('.'))?.holds === true)
      : [];
    const sentence = isGroup(node)
      ? (emptyGroupSentence(node, speech) ?? groupHeading(node, speech))
      : conditionSentence(node, names, speech);
    const holding = parts.filter(Boolean).length;
    const why = whySentence(verdict, node, telling, holding);
    return [{ path, depth: path.length / 2, holds: verdict.holds, sentence, why }];
  });
}

/**
 * Why a verdict is what it is: «1 покупка из нужных 2; изменится само 4 декабря в 14:20».
 * @param holding of a group: how many of its parts hold
 */
export function whySentence(
  { holds, value, flipsAt }: Omit<NodeVerdict, 'path'>,
  node: Condition,
  telling: Telling,
  holding = 0,
): string {
  const { speech, now } = telling;
  const found = isGroup(node) ? partsWords(speech, node, holding) : foundWords(node, value, holds, telling);
  if (flipsAt === null) return found;
  const when = nearInstant(speech, flipsAt, now);
  return `${found}; ${said(speech, `изменится само ${when}`, `changes by itself on ${when}`)}`;
}

const CONDITIONS: Noun = {
  ru: ['условие', 'условия', 'условий', 'условия'],
  en: ['condition', 'conditions'],
};

function partsWords(speech: SegmentSpeech, { of }: Group, holding: number): string {
  const all = countAt(speech, of.length, CONDITIONS);
  return said(speech, `выполнено ${holding} из ${all}`, `${holding} of ${all} met`);
}
