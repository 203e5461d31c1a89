import type { ProgramSettings } from '@clientele/shared/receipt';
import { programSentences, type ProgramSentence, type Speech } from '@clientele/shared/sentences';

/** Sections of a program's pages, in the order in which people ask. */
export const TOPICS = [
  'earning',
  'multipliers',
  'actions',
  'spending',
  'life',
  'tiers',
  'limits',
  'returns',
  'holds',
] as const satisfies readonly ProgramSentence['topic'][];

/**
 * The sentence of each part of the settings, by its key. A draft may be half done: what cannot be said yet is simply
 * not there.
 */
export function sentencesByKey(speech: Speech, settings: ProgramSettings): ReadonlyMap<string, string> {
  try {
    return new Map(programSentences(speech, settings).map(({ key, text }) => [key, text]));
  } catch {
    return new Map();
  }
}

/** The sentences under their topics; topics nothing is said of are left out. */
export function sentencesByTopic(
  speech: Speech,
  settings: ProgramSettings,
): { topic: ProgramSentence['topic']; sentences: ProgramSentence[] }[] {
  const all = programSentences(speech, settings);
  return TOPICS.flatMap((topic) => {
    const sentences = all.filter((sentence) => sentence.topic === topic);
    return sentences.length === 0 ? [] : [{ topic, sentences }];
  });
}
