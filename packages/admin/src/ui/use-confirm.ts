import { shallowRef, type ShallowRef } from 'vue';

export interface Question {
  title: string;
  /** What will happen, one sentence each. */
  consequences: readonly string[];
  /** The button's words: what is done, never "OK". */
  action: string;
  tone?: 'primary' | 'bad';
  /** For what cannot be undone: the person types this. */
  typed?: string;
}

interface Asked extends Question {
  answer: (yes: boolean) => void;
}

const asked = shallowRef<Asked | null>(null);

/** Asks before what cannot be undone; what can be undone is done, with a way back. */
export function useConfirm(): {
  asked: ShallowRef<Asked | null>;
  ask: (question: Question) => Promise<boolean>;
} {
  return {
    asked,
    ask: (question) => {
      asked.value?.answer(false);
      const { promise, resolve } = Promise.withResolvers<boolean>();
      const answer = (yes: boolean): void => {
        asked.value = null;
        resolve(yes);
      };
      asked.value = { ...question, answer };
      return promise;
    },
  };
}
