import * as z from 'zod';
import type { SettingKind } from '../company/index.ts';

const Company = z.object({
  brandId: z.string(),
  /** In the order of `STORES`. */
  stores: z.array(
    z.object({
      id: z.string(),
      code: z.string(),
      tillId: z.string(),
      cashierIds: z.array(z.string()),
      managerId: z.string(),
    }),
  ),
  consentTextIds: z.object({ processing: z.string(), advertising: z.string() }),
  /** The day its year of purchases ends: made again after an interruption, they are the same. */
  startedAt: z.iso.datetime(),
  /** Everything was written once, credentials included. */
  complete: z.boolean(),
});

/** How far the demo company is. null: nothing is there yet. */
export type DemoCompany = z.infer<typeof Company>;

export const DEMO_COMPANY: SettingKind<DemoCompany | null> = {
  name: 'demo-company',
  schema: Company.nullable(),
  initial: null,
};
