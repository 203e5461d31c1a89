import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import './activity/activity.graphql.ts';
import './catalog/catalog.graphql.ts';
import './company/company.graphql.ts';
import './company/sessions/account.graphql.ts';
import './company/sessions/session.graphql.ts';
import './loyalty/loyalty.graphql.ts';
import './loyalty/loyalty-of-shoppers.graphql.ts';
import './profiles/profile.graphql.ts';
import './profiles/visits.graphql.ts';
import './orders/attach/attach.graphql.ts';
import './orders/order/order.graphql.ts';
import './orders/posting/posting.graphql.ts';
import './orders/quote/quote.graphql.ts';
import './orders/records/records.graphql.ts';
import './orders/returns/returns.graphql.ts';
import './platform/graphql/refusal.ts';
import './platform/graphql/scalars.ts';
import './platform/files/file.graphql.ts';
import './platform/tasks/task.graphql.ts';
import { builder } from './platform/graphql/builder.ts';

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
