import { canonical, isGroup } from '../../segments/index.ts';
import type { Condition, Group } from '../../segments/index.ts';
import { said } from '../../sentences/language.ts';
import { groupHeading } from '../condition-sentence.ts';
import { conditionText } from '../condition-text.ts';
import type { Names, SegmentSpeech } from '../words/speech.ts';
import { matchParts } from './match-parts.ts';

/** One thing that is another now. MOVED: the same question in another group. */
export interface ConditionChange {
  readonly kind: 'ADDED' | 'REMOVED' | 'CHANGED' | 'MOVED';
  /** Headings of the groups it stands in (ADDED and MOVED: stands in now), the outermost first. */
  readonly within: readonly string[];
  /** What was asked; null: nothing. */
  readonly before: string | null;
  /** What is asked; null: nothing. */
  readonly after: string | null;
}

interface Found extends ConditionChange {
  readonly key: string;
}

/**
 * How two conditions differ, in sentences; empty only where they ask the same. In which order parts stand, and whether a
 * single question stands in a group of its own, is no difference.
 */
export function conditionDifference(
  before: Condition,
  after: Condition,
  names: Names,
  speech: SegmentSpeech,
): readonly ConditionChange[] {
  const text = (condition: Condition) => conditionText(condition, names, speech);
  const found = groupChanges(asGroup(before), asGroup(after), [], { text, speech });
  return moved(found).map(({ kind, within, before: was, after: is }) => ({
    kind,
    within,
    before: was,
    after: is,
  }));
}

interface Teller {
  readonly text: (condition: Condition) => string;
  readonly speech: SegmentSpeech;
}

function groupChanges(before: Group, after: Group, within: readonly string[], teller: Teller): Found[] {
  const [was, is] = [groupHeading(before, teller.speech), groupHeading(after, teller.speech)];
  const inside = [...within, is];
  const { pairs, gone, come } = matchParts(before.of, after.of);
  return [
    ...(asksTheSame(before, after)
      ? []
      : [{ kind: 'CHANGED' as const, within, before: was, after: is, key: '' }]),
    ...pairs.flatMap(([one, other]) => partChanges(one, other, inside, teller)),
    ...gone.map((part): Found => ({
      kind: 'REMOVED',
      within: inside,
      before: teller.text(part),
      after: null,
      key: canonical(part),
    })),
    ...come.map((part): Found => ({
      kind: 'ADDED',
      within: inside,
      before: null,
      after: teller.text(part),
      key: canonical(part),
    })),
  ];
}

function partChanges(
  before: Condition,
  after: Condition,
  within: readonly string[],
  teller: Teller,
): Found[] {
  if (isGroup(before) && isGroup(after)) return groupChanges(before, after, within, teller);
  const [was, is] = [teller.text(before), teller.text(after)];
  // A long list is not told to its end, and a name may be that of two things.
  const told = was === is ? `${is} (${said(teller.speech, 'другие значения', 'other values')})` : is;
  return [{ kind: 'CHANGED', within, before: was, after: told, key: '' }];
}

/** Whether the groups ask the same of their parts, whatever these are. */
function asksTheSame(before: Group, after: Group): boolean {
  if (before.group !== after.group) return false;
  return before.group !== 'AT_LEAST' || after.group !== 'AT_LEAST' || before.k === after.k;
}

/** What went from one group and came into another is told once. */
function moved(changes: readonly Found[]): Found[] {
  const removed = Map.groupBy(
    changes.filter(({ kind }) => kind === 'REMOVED'),
    ({ key }) => key,
  );
  const gone = new Set<Found>();
  const told = changes.map((change): Found => {
    const from = change.kind === 'ADDED' ? removed.get(change.key)?.shift() : undefined;
    if (from === undefined) return change;
    gone.add(from);
    return { ...change, kind: 'MOVED', before: from.before };
  });
  return told.filter((change) => !gone.has(change));
}

function asGroup(condition: Condition): Group {
  return isGroup(condition) ? condition : { group: 'ALL', of: [condition] };
}
