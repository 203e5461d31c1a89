import { conditionSentence, type Names, type SegmentSpeech } from '@clientele/shared/segment-words';
import type { Condition, Leaf, ReferenceKind } from '@clientele/shared/segments';
import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { useSegmentNames } from '../forms/use-segments.ts';
import { BEGINNING_NAMES, BEGINNINGS } from './builder/beginnings.ts';
import type { Choice, Choices } from './choices.ts';
import { unfinished } from './builder/condition-state.ts';
import { isGroupNode, rootOf, standings } from './tree/nodes.ts';

export interface Sentences {
  speech: ComputedRef<SegmentSpeech>;
  names: ComputedRef<Names>;
  /** One question in words; of one that is not filled in yet what it is about. */
  sentence: (leaf: Leaf) => string;
  /** All of it in one line, for lists and conflicts. */
  whole: (condition: Condition) => string;
}

/** How conditions are written here: with the names a person knows things by. */
export function useSentences(choices: ComputedRef<Choices>): Sentences {
  const { t, locale } = useI18n();
  const segmentName = useSegmentNames();
  const speech = computed((): SegmentSpeech => ({
    language: locale.value === 'en' ? 'en' : 'ru',
    zone: choices.value.zone,
  }));
  const names = computed((): Names => {
    const known: Partial<Record<ReferenceKind, readonly Choice[]>> = {
      STORE: choices.value.stores,
      ATTRIBUTE: choices.value.attributes,
      SNAPSHOT: choices.value.snapshots,
      POOL: choices.value.pools,
      PROGRAM: choices.value.programs,
      TIER: choices.value.tiers,
      MODEL: choices.value.models,
      EVENT: choices.value.events,
    };
    return {
      named: (kind, value) => (kind === 'SEGMENT' ? segmentName(value) : titleIn(known[kind], value)),
      choice: (attribute, value) =>
        titleIn(choices.value.attributes.find((each) => each.value === attribute)?.choices, value),
      topic: (code) => titleIn(choices.value.topics, code),
    };
  });

  function sentence(leaf: Leaf): string {
    if (unfinished(leaf).length === 0) return conditionSentence(leaf, names.value, speech.value);
    const like = BEGINNING_NAMES.find((name) => BEGINNINGS[name].leaf(choices.value).leaf === leaf.leaf);
    return `${like === undefined ? leaf.leaf : t(`segments.beginnings.${like}.title`)}…`;
  }
  function whole(condition: Condition): string {
    const nodes = standings(rootOf(condition, () => '')).slice(1);
    const told = nodes.map(({ node }) =>
      isGroupNode(node) ? `${t(`segments.tree.groups.${node.group}`)}:` : `${sentence(node.leaf)};`,
    );
    return told.join(' ').replace(/;$/, '') || t('segments.tree.everybody');
  }
  return { speech, names, sentence, whole };
}

function titleIn(list: readonly Choice[] | undefined, value: string): string | undefined {
  return list?.find((each) => each.value === value)?.title;
}
