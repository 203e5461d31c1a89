import { entities } from './entities.ts';
import { openDatabase } from './platform/database/database.ts';
import { DISTRIBUTION } from './platform/database/distribution.ts';
import { createLog } from './platform/log.ts';
import { SHOPPER_ROWS } from './shopper-rows.ts';
import { createTestDatabase } from './testing/test-database.ts';
import { expect, test } from 'vitest';

/** Functions and triggers are installed from their own files, beside what the entities describe. */
const INSTALLED = /^drop (function|trigger) /;
/** What a key only includes is taken for columns of it by MikroORM, which would make it anew. */
const KEYS_THAT_INCLUDE = [
  'alter table "order_line" drop constraint "order_line_pkey"',
  'alter table "order_line" add primary key ("profile_id", "order_id", "number")',
];

test('the migrations make exactly the tables the entities describe', async () => {
  // As the owner: the application's role does not see constraints.
  const migrated = await createTestDatabase();
  const database = await openDatabase({ url: migrated.url, entities, log: createLog('silent') });
  const difference = await database.orm.schema.getUpdateSchemaSQL({ wrap: false });
  await database.close();
  await migrated.drop();
  const statements = difference
    .split(/;\s*/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== '' && !INSTALLED.test(statement));
  expect(statements).toEqual(KEYS_THAT_INCLUDE);
});

test('it is known of every table of a shopper’s what becomes of it at a merge', () => {
  const shoppers = Object.keys(DISTRIBUTION).filter(
    (table) => DISTRIBUTION[table] === 'profile' && table !== 'profile',
  );
  expect(SHOPPER_ROWS.map(({ table }) => table as string).toSorted()).toEqual(shoppers.toSorted());
});
