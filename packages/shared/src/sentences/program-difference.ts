import type { ProgramSettings } from '../receipt/program-settings.ts';
import type { Speech } from './language.ts';
import { programSentences, type ProgramSentence, type ProgramTopic } from './program-sentences.ts';

/** What was said and what is said now; null: nothing was, nothing is. */
export interface SentenceChange {
  readonly topic: ProgramTopic;
  readonly key: string;
  readonly before: string | null;
  readonly after: string | null;
}

export interface ProgramDifference {
  readonly sentences: readonly SentenceChange[];
  /** Lists of rules that stand in another order now. */
  readonly reordered: readonly (keyof ProgramSettings)[];
  /** Paths of values that differ where no sentence does: codes, settings nobody speaks of. */
  readonly paths: readonly string[];
}

const LISTS = ['earningRules', 'multipliers', 'actions', 'earningLimits'] as const;

/** How two sets of rules differ, in sentences; never empty where a value differs. */
export function programDifference(
  speech: Speech,
  before: ProgramSettings,
  after: ProgramSettings,
): ProgramDifference {
  const differing = changedPaths(before, after);
  const open = { ...speech, currencies: [...new Set([...speech.currencies, ...currenciesIn(differing)])] };
  const [was, is] = [programSentences(open, before), programSentences(open, after)];
  const sentences = changes(was, is);
  const changed = new Set(sentences.map(({ key }) => key));
  const told = new Set<string>([...was, ...is].flatMap(({ key, of }) => (changed.has(key) ? of : [])));
  const reordered = LISTS.filter((list) => isReordered(before[list], after[list]));
  const untold = differing.map((path) => [path, path.split('.')[0] ?? ''] as const);
  return {
    sentences,
    reordered,
    paths: untold.flatMap(([path, top]) =>
      told.has(top) || (reordered as string[]).includes(top) ? [] : [path],
    ),
  };
}

function changes(was: readonly ProgramSentence[], is: readonly ProgramSentence[]): SentenceChange[] {
  const now = new Map(is.map((sentence) => [sentence.key, sentence]));
  const then = new Map(was.map((sentence) => [sentence.key, sentence]));
  const gone = was.filter(({ key }) => !now.has(key));
  return [...is, ...gone].flatMap(({ topic, key }) => {
    const [before, after] = [then.get(key)?.text ?? null, now.get(key)?.text ?? null];
    return before === after ? [] : [{ topic, key, before, after }];
  });
}

/** A sum that changed is shown in its currency, although nobody pays in it here. */
function currenciesIn(paths: readonly string[]): string[] {
  return paths.flatMap((path) => path.split('.').filter((step) => /^[A-Z]{3}$/.test(step)));
}

function isReordered(before: readonly { code: string }[], after: readonly { code: string }[]): boolean {
  const [was, is] = [before.map(({ code }) => code), after.map(({ code }) => code)];
  const kept = is.filter((code) => was.includes(code));
  return kept.join('\n') !== was.filter((code) => kept.includes(code)).join('\n');
}

/** Paths of the values that differ: `freezeDays`, `earningRules.0.steps.RUB.points`. */
export function changedPaths(before: unknown, after: unknown, path = ''): string[] {
  if (Object.is(before, after)) return [];
  if (!isTree(before) || !isTree(after) || Array.isArray(before) !== Array.isArray(after)) {
    const [leaves, others] = [leavesOf(after, path), leavesOf(before, path)];
    return [...new Set([...leaves, ...others])];
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) =>
    changedPaths(before[name], after[name], path === '' ? name : `${path}.${name}`),
  );
}

/** Something that came or went as a whole is told by what is in it. */
function leavesOf(value: unknown, path: string): string[] {
  if (!isTree(value)) return value === undefined ? [] : [path];
  const inner = Object.entries(value).flatMap(([name, item]) => leavesOf(item, `${path}.${name}`));
  return inner.length === 0 ? [path] : inner;
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
