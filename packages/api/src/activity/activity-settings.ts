import * as z from 'zod';
import type { SettingKind } from '../company/index.ts';

export interface ActivitySettings {
  /** Events of kinds nobody described are kept, and marked so. */
  acceptUndefined: boolean;
  /** Older events are refused. */
  oldestDays: number;
  /** How far a sender's clock may run ahead. */
  aheadSeconds: number;
}

export const ACTIVITY_SETTINGS: SettingKind<ActivitySettings> = {
  name: 'activity',
  schema: z.object({
    acceptUndefined: z.boolean(),
    oldestDays: z.int().min(1).max(36_500),
    aheadSeconds: z.int().min(0).max(86_400),
  }),
  initial: { acceptUndefined: true, oldestDays: 1_826, aheadSeconds: 300 },
};
