import type { AttentionSource } from '../company/index.ts';
import { countWaiting } from './oversight/corrections/list-corrections.ts';
import { CORRECTIONS_PAGE } from './oversight/corrections/request-correction.ts';
import { INCIDENT_ATTENTION } from './oversight/incidents/tell-of-incidents.ts';

export const LOYALTY_ATTENTION: readonly AttentionSource[] = [
  INCIDENT_ATTENTION,
  {
    code: 'corrections.waiting',
    scope: 'points.approve',
    severity: 'WARN',
    link: CORRECTIONS_PAGE,
    count: countWaiting,
  },
];
