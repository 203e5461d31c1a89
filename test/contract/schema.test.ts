import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { printPublicSchema } from '@clientele/api/src/schema.ts';
import { missingOf } from './compare-schemas.ts';

/** Parts of the contract that come with later releases; nothing else may be missing. */
const LATER = new Set([
  // the change log, pulled and pushed
  'Query.changes',
  'Subscription',
  'ChangeBatch',
  'ChangeTopic',
  'OrderChange',
  'OrderChangeKind',
  'AccountChange',
  'ProfileChange',
  'ProfileChangeKind',
  'MessageChange',
  'ProgramChange',
  // shopper tokens
  'Mutation.issueShopperToken',
  'IssueShopperTokenInput',
  'IssueShopperTokenResult',
  'ShopperTokenIssued',
]);

test('everything of the contract that belongs to this release is in the schema, to the letter', () => {
  const contract = readFileSync(join(import.meta.dirname, 'contract.graphql'), 'utf8');
  expect(missingOf(contract, printPublicSchema(), LATER)).toEqual([]);
});
