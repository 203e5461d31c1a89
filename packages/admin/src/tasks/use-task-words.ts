import { useI18n } from 'vue-i18n';
import { useFormat } from '../app/use-format.ts';
import type { Task } from './task.ts';

/** What a piece of background work is called, how far it is and what went wrong, in words. */
export function useTaskWords() {
  const { t, te } = useI18n();
  const { number } = useFormat();
  return {
    nameOf: ({ kind }: Pick<Task, 'kind'>) => (te(`tasks.${kind}`) ? t(`tasks.${kind}`) : t('tasks.unnamed')),
    progressOf: ({ done, total }: Pick<Task, 'done' | 'total'>) =>
      total === null ? number(done) : t('tasks.doneOf', { done: number(done), total: number(total) }),
    errorOf: ({ errorCode, errorText }: Pick<Task, 'errorCode' | 'errorText'>): string => {
      const key = `tasks.errors.${errorCode}`;
      if (te(key)) return t(key, { id: errorText ?? '' });
      return te(`refusals.${errorCode}`) ? t(`refusals.${errorCode}`) : (errorText ?? errorCode ?? '');
    },
  };
}
