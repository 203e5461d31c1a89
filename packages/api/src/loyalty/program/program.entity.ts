import { defineEntity, p } from '@mikro-orm/core';
import type { InferKyselyTable } from '@mikro-orm/sql';

/** A loyalty program of a brand. Its rules stand in immutable versions (`program_version`). */
export const Program = defineEntity({
  name: 'Program',
  tableName: 'program',
  properties: {
    id: p.uuid().primary(),
    brandId: p.uuid().index(),
    name: p.string().columnType('text'),
    /** As staff set it. What holds at a moment is `modeAt`: EARN_ONLY becomes LIVE at `live_at` by itself. */
    mode: p.string().$type<'OFF' | 'EARN_ONLY' | 'LIVE'>().columnType('text'),
    /** From this instant points can be spent in every store. */
    liveAt: p.datetime().nullable(),
    /** IANA zone of expiry days; the same in every version. */
    timezone: p.string().columnType('text'),
    fiscalMode: p.string().$type<'DISCOUNT' | 'PAYMENT'>().columnType('text'),
    /** Of mode, instant and name: goes with every edit. Rules have versions of their own. */
    version: p.integer().default(1),
    createdAt: p.datetime(),
  },
  checks: [
    { name: 'program_mode_known', expression: `mode in ('OFF', 'EARN_ONLY', 'LIVE')` },
    { name: 'program_fiscal_mode_known', expression: `fiscal_mode in ('DISCOUNT', 'PAYMENT')` },
  ],
});

declare module '../../platform/database/tables.ts' {
  interface Tables {
    program: InferKyselyTable<typeof Program>;
  }
}
