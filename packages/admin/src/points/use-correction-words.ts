import { useI18n } from 'vue-i18n';
import { personName } from '../customers/person-name.ts';
import type { Tone } from '../ui/tones.ts';
import type { Correction, CorrectionState } from './operations/corrections.ts';

const TONES: Record<CorrectionState, Tone> = {
  WAITING: 'warn',
  DONE: 'ok',
  REFUSED: 'bad',
  WITHDRAWN: 'neutral',
  EXPIRED: 'neutral',
};

export function useCorrectionWords() {
  const { t } = useI18n();
  return {
    whoOf: ({ profile }: Correction): string => (profile && personName(profile)) ?? t('points.unnamed'),
    stateOf: ({ state }: Correction): { text: string; tone: Tone } => ({
      text: t(`points.corrections.oneState.${state}`),
      tone: TONES[state],
    }),
    reasonOf: ({ reasonCode }: Correction): string => t(`points.corrections.reasons.${reasonCode}`),
  };
}
