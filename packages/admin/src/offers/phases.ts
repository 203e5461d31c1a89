import type { Tone } from '../ui/tones.ts';
import type { PromotionPhase } from './operations/promotions.ts';

export const PHASES: readonly PromotionPhase[] = ['RUNNING', 'PLANNED', 'PAUSED', 'DRAFT', 'ENDED'];

export const TONES: Readonly<Record<PromotionPhase, Tone>> = {
  RUNNING: 'ok',
  PLANNED: 'accent',
  PAUSED: 'warn',
  DRAFT: 'neutral',
  ENDED: 'neutral',
};

/** Of what a URL holds: `RUNNING,PLANNED`. */
export function phasesOf(text: string): PromotionPhase[] {
  const named = text.split(',');
  return PHASES.filter((phase) => named.includes(phase));
}
