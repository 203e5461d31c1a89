import { expect, test } from 'vitest';
import { aTill, asActor } from '../testing/company.builders.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { audit } from './audit.ts';

const it = useTestApp();

test('an entry says who, what, to what and where', async () => {
  const till = await aTill(it.app.context());
  const ctx = asActor(it.app.context(), till.actor);
  await audit(ctx, { action: 'test.done', subject: `thing:${till.id}`, facts: { field: 'name' } });
  const entries = await ctx.sql
    .selectFrom('audit_entry')
    .select(['actor_kind', 'actor_id', 'action', 'facts', 'occurred_at'])
    .where('subject', '=', `thing:${till.id}`)
    .execute();
  expect(entries).toEqual([
    {
      actor_kind: 'TILL',
      actor_id: till.id,
      action: 'test.done',
      facts: { field: 'name', tillId: till.id },
      occurred_at: it.app.clock.now(),
    },
  ]);
});

const CHANGES = ["update audit_entry set action = ''", 'delete from audit_entry', 'truncate audit_entry'];

test.each(CHANGES)('the application has no right to change entries: %s', async (statement) => {
  await expect(it.app.database.pool.query(statement)).rejects.toThrow('permission denied');
});

test.each(CHANGES)('not even the owner of the table changes entries: %s', async (statement) => {
  const asOwner = `begin; set local role none; ${statement}`;
  const client = await it.app.database.pool.connect();
  const outcome = client.query(asOwner);
  await expect(outcome).rejects.toThrow('audit_entry is append-only');
  await client.query('rollback');
  client.release();
});
