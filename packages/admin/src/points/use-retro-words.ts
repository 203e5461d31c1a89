import { useI18n } from 'vue-i18n';
import { useFormat } from '../app/use-format.ts';
import type { Tone } from '../ui/tones.ts';
import type { RetroRun } from './operations/retro.ts';

const TONES: Record<RetroRun['state'], Tone> = {
  COUNTING: 'accent',
  COUNTED: 'warn',
  RUNNING: 'accent',
  DONE: 'ok',
  UNDOING: 'accent',
  UNDONE: 'neutral',
};

/** A run in words. */
export function useRetroWords() {
  const { t } = useI18n();
  const { number, date } = useFormat();
  return {
    stateOf: ({ state }: Pick<RetroRun, 'state'>): { text: string; tone: Tone } => ({
      text: t(`points.retro.states.${state}`),
      tone: TONES[state],
    }),
    /** The last day is the one before the instant that is not included. */
    periodOf: ({ from, to, program }: RetroRun): string =>
      t('points.retro.period', {
        from: date(from, program.timezone),
        to: date(new Date(Date.parse(to) - 1).toISOString(), program.timezone),
      }),
    pointsOf: ({ state, counted, result }: RetroRun): string => {
      if (state === 'COUNTING') return '—';
      return number(state === 'COUNTED' ? (counted?.points ?? 0) : result.points);
    },
  };
}
