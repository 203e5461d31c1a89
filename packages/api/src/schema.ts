import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import './activity/activity.graphql.ts';
import './catalog/catalog.graphql.ts';
import './catalog/goods-choices.graphql.ts';
import './company/company.graphql.ts';
import './company/brands/brands.graphql.ts';
import './company/journal/audit.graphql.ts';
import './company/keys/keys.graphql.ts';
import './company/staff/manage/staff.graphql.ts';
import './company/stores/stores.graphql.ts';
import './company/system/system.graphql.ts';
import './company/tills/tills.graphql.ts';
import './profiles/attributes/attributes.graphql.ts';
import './profiles/consents/texts/consent-texts.graphql.ts';
import './profiles/consents/topics/topics.graphql.ts';
import './company/desk/desk.graphql.ts';
import './company/sessions/account.graphql.ts';
import './company/sessions/session.graphql.ts';
import './offers/promotions/groups/groups.graphql.ts';
import './offers/promotions/promotions.graphql.ts';
import './offers/codes/codes.graphql.ts';
import './offers/codes/pools/pools.graphql.ts';
import './loyalty/actions/actions.graphql.ts';
import './loyalty/loyalty.graphql.ts';
import './loyalty/tiers/tiers.graphql.ts';
import './loyalty/program/programs.graphql.ts';
import './loyalty/program/program-changes.graphql.ts';
import './messaging/channel-health.graphql.ts';
import './loyalty/loyalty-of-shoppers.graphql.ts';
import './loyalty/oversight/incidents/incidents.graphql.ts';
import './loyalty/oversight/corrections/corrections.graphql.ts';
import './loyalty/oversight/liability/liability.graphql.ts';
import './profiles/customers/card.graphql.ts';
import './profiles/customers/customer-changes.graphql.ts';
import './profiles/customers/customer-tasks.graphql.ts';
import './profiles/customers/customers.graphql.ts';
import './loyalty/account/merge-preview.graphql.ts';
import './profiles/duplicates/duplicates.graphql.ts';
import './profiles/profile.graphql.ts';
import './profiles/shopper-tokens/shopper-tokens.graphql.ts';
import './profiles/visits.graphql.ts';
import './exchange/imports/imports.graphql.ts';
import './offers/grants/grants.graphql.ts';
import './orders/account-lots/account-lots.graphql.ts';
import './orders/attach/attach.graphql.ts';
import './orders/estimate/estimate.graphql.ts';
import './orders/interests/interests.graphql.ts';
import './orders/lifecycle/lifecycle.graphql.ts';
import './orders/order/order.graphql.ts';
import './orders/order/promo-code-orders.graphql.ts';
import './orders/order/issued-codes.graphql.ts';
import './orders/posting/posting.graphql.ts';
import './orders/quote-rules/quote-rules.graphql.ts';
import './orders/quote/quote.graphql.ts';
import './orders/records/records.graphql.ts';
import './orders/returns/returns.graphql.ts';
import './orders/trial/trial.graphql.ts';
import './orders/retro/retro.graphql.ts';
import './orders/rfm/rfm.graphql.ts';
import './orders/visit-offers/offers.graphql.ts';
import './segments/definitions/segments.graphql.ts';
import './segments/preview/preview.graphql.ts';
import './segments/snapshots/snapshots.graphql.ts';
import './segments/transitions/transitions.graphql.ts';
import './exchange/monitor/monitor.graphql.ts';
import './exchange/monitor/rejected.graphql.ts';
import './exchange/schedules/schedules.graphql.ts';
import './exchange/hygiene/hygiene.graphql.ts';
import './platform/graphql/refusal.ts';
import './platform/graphql/scalars.ts';
import './platform/files/file.graphql.ts';
import './platform/tasks/task.graphql.ts';
import { builder } from './platform/graphql/builder.ts';
import { ATTENTION } from './attention.ts';
import { addAttention } from './home/home.graphql.ts';
import { PERSON_TRACES } from './person-traces.ts';
import { addErasure } from './profiles/erasure/erasure.graphql.ts';
import { addMerges } from './profiles/merge/merge.graphql.ts';
import { addTimeline } from './profiles/timeline/timeline.graphql.ts';
import { SHOPPER_ROWS } from './shopper-rows.ts';
import { TIMELINE_KINDS } from './timeline-kinds.ts';

addTimeline(TIMELINE_KINDS);
addAttention(ATTENTION);
addMerges(SHOPPER_ROWS);
addErasure({ rows: SHOPPER_ROWS, traces: PERSON_TRACES });

/** The public API: assembly only. `packages/api/schema.graphql` is its printed form; the apps know the API by that file. */
export const schema: GraphQLSchema = builder.toSchema();

const PRINTED = join(import.meta.dirname, '../schema.graphql');

export function printPublicSchema(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}

if (import.meta.main) {
  if (process.argv.includes('--check')) {
    if (readFileSync(PRINTED, 'utf8') !== printPublicSchema()) {
      process.stderr.write('schema.graphql differs from the code: run `pnpm schema:print` and commit it.\n');
      process.exitCode = 1;
    }
  } else {
    writeFileSync(PRINTED, printPublicSchema());
  }
}
