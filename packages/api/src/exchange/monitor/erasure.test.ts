import { expect, test } from 'vitest';
import { erasePerson, upsertProfiles } from '../../profiles/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { PERSON_TRACES } from '../../person-traces.ts';
import { SHOPPER_ROWS } from '../../shopper-rows.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aFreshPhone } from '../../testing/records.builders.ts';
import { listRejected } from './list-rejected.ts';

const server = useTestApp();

test('an erasure takes the refused records that name the person along, and no others', async () => {
  const ctx = asSystem(server.app.context());
  const phone = aFreshPhone();
  const source = 'crm';
  const { results } = await upsertProfiles(ctx, {
    requestId: null,
    source,
    profiles: [{ externalId: 'e-1', phones: [phone] }],
  });
  await upsertProfiles(ctx, {
    requestId: null,
    source,
    profiles: [
      { phones: [phone], birthDate: 'no day' },
      { externalId: 'e-1', birthDate: 'no day' },
      { phones: [aFreshPhone()], birthDate: 'no day' },
    ],
  });
  const waiting = async () => (await listRejected(ctx, { source, states: ['OPEN'] })).edges.length;
  expect(await waiting()).toBe(3);
  const profileId = results[0]?.profileId ?? '';
  const { version } = await ctx.sql
    .selectFrom('profile')
    .select('version')
    .where('id', '=', profileId)
    .executeTakeFirstOrThrow();
  await erasePerson(
    ctx,
    { rows: SHOPPER_ROWS, traces: PERSON_TRACES },
    { profileId: globalId('Profile', profileId), version, reason: 'REQUEST', confirm: 'ERASE' },
  );
  expect(await waiting()).toBe(1);
});
