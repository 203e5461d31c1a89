import * as z from 'zod';
import type { SettingKind } from '../../company/index.ts';

/** What the company decides about people who may be one. */
export interface DuplicateSettings {
  /** From this probability on a pair is put before somebody, 0–1. */
  askFrom: number;
  /** Two people whom one proven phone or e-mail belongs to are merged without asking, if nothing speaks against it. */
  mergeExact: boolean;
}

export const DUPLICATE_SETTINGS: SettingKind<DuplicateSettings> = {
  name: 'duplicates',
  schema: z.object({ askFrom: z.number().min(0.05).max(1), mergeExact: z.boolean() }),
  initial: { askFrom: 0.5, mergeExact: true },
};
