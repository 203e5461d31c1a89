import type { Condition } from '@clientele/shared/segments';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { AnyRefusal } from '../../app/refusal.ts';
import { problemsByField } from '../../ui/refusal-words.ts';
import { problemsAt, unfinished, type ConditionProblem } from './condition-state.ts';
import type { SegmentDetails } from '../operations/segments.ts';
import { goneNow } from '../segment-form.ts';
import { isGroupNode, standingOf } from '../tree/nodes.ts';
import type { Builder, NodeProblem } from './use-builder.ts';

export interface Problems {
  /** Of a node of the tree, in words. */
  problems: (key: string) => NodeProblem[];
  /** It can be asked as it stands. */
  isWhole: ComputedRef<boolean>;
}

export interface Judged {
  builder: Builder;
  condition: () => Condition;
  /** As it is saved, with what is gone since. */
  segment: () => SegmentDetails | null;
  /** The server said no; until it is tried again. */
  refusal: () => AnyRefusal | null;
}

/** What keeps a condition from being asked: not filled in yet, gone since, or refused. */
export function useProblems({ builder, condition, segment, refusal }: Judged): Problems {
  const { t } = useI18n();
  const mine = computed(() => unfinished(condition()));
  const gone = computed(() => {
    const saved = segment();
    return saved === null ? [] : goneNow(saved.condition as Condition, saved.problems, condition());
  });
  const told = computed((): ConditionProblem[] =>
    Object.entries(problemsByField(refusal())).flatMap(([path, code]) =>
      path === 'condition' || path.startsWith('condition.')
        ? [{ path: path.slice('condition'.length + 1), code }]
        : [],
    ),
  );
  /** Somebody who has just begun a question knows that it is not finished. */
  function isForgiven(key: string, code: string): boolean {
    return builder.fresh.value === key && code === 'REQUIRED';
  }
  function goneWords(at: string): string {
    const found = gone.value.find(({ path }) => path === at)?.gone;
    const what = t(`segments.goneKinds.${found?.kind ?? 'SEGMENT'}`, { value: found?.value ?? '' });
    return t('segments.tree.gone', { what });
  }

  return {
    problems: (key) => {
      const node = builder.path(key);
      const standing = standingOf(builder.root.value, key);
      const isGroup = standing !== undefined && isGroupNode(standing.node);
      const goneHere = problemsAt(gone.value, node).map(({ path }) => ({
        path,
        words: goneWords([node, path].filter(Boolean).join('.')),
        isGone: true,
      }));
      const others = problemsAt([...mine.value, ...told.value], node)
        .filter(({ code }) => !isForgiven(key, code))
        .map(({ path, code }) => ({
          path,
          words: t(isGroup && path === '' ? 'segments.tree.emptyGroup' : `problems.${code}`),
        }));
      return [...goneHere, ...others];
    },
    isWhole: computed(() => mine.value.length === 0 && gone.value.length === 0),
  };
}
