import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { anEvent, recordAs, storedEvents } from '../../testing/activity.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { recordEvents, removeEvents } from '../index.ts';

const it = useTestApp();

/** An event so many hours before now. */
function ago(hours: number, facts: Parameters<typeof anEvent>[1]) {
  const ctx = it.app.context();
  return anEvent(ctx, { occurredAt: new Date(ctx.clock.now().getTime() - hours * 3_600_000), ...facts });
}

async function owners(source: string): Promise<Record<string, string>> {
  const events = await storedEvents(it.app.context(), source);
  return Object.fromEntries(events.map(({ id, profileId }) => [id, profileId]));
}

function profileOf(id: string) {
  return it.app
    .context()
    .sql.selectFrom('profile')
    .select(['kind', 'merged_into'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

test('a visitor who says who they are: all they did becomes the person’s, and the device with it', async () => {
  const ctx = it.app.context();
  const source = newId();
  const shopper = await aShopper(ctx);
  await recordAs(ctx, source, ago(30, { id: '1', deviceId: 'd' }), ago(20, { id: '2', deviceId: 'd' }));
  const { 1: visitor = '' } = await owners(source);
  expect(visitor).not.toBe(shopper.id);
  await recordAs(ctx, source, ago(25, { id: '3', deviceId: 'd', profile: { phone: shopper.phone } }));
  await recordAs(ctx, source, ago(1, { id: '4', deviceId: 'd' }));
  expect(await owners(source)).toEqual({ 1: shopper.id, 2: shopper.id, 3: shopper.id, 4: shopper.id });
  expect(await profileOf(visitor)).toEqual({ kind: 'VISITOR', merged_into: shopper.id });
  const told = await ctx.sql
    .selectFrom('outbox_event')
    .select(['kind', 'payload'])
    .where('profile_id', '=', shopper.id)
    .where('kind', '=', 'visitor.joined')
    .execute();
  expect(told).toEqual([{ kind: 'visitor.joined', payload: { visitorId: visitor } }]);
});

test('the same in one batch, and with a phone nobody had', async () => {
  const ctx = it.app.context();
  const source = newId();
  const phone = aPhone();
  const results = await recordAs(
    ctx,
    source,
    ago(3, { id: '1', deviceId: 'd' }),
    ago(2, { id: '2', deviceId: 'd', profile: { phone } }),
    ago(1, { id: '3', deviceId: 'd' }),
  );
  expect(results.map(({ status }) => status)).toEqual(['CREATED', 'CREATED', 'CREATED']);
  const events = await storedEvents(ctx, source);
  expect(new Set(events.map(({ profileId }) => profileId)).size).toBe(1);
  expect(events[0]?.of).toBe('PERSON');
});

test('a person has several devices', async () => {
  const ctx = it.app.context();
  const source = newId();
  const shopper = await aShopper(ctx);
  await recordAs(
    ctx,
    source,
    ago(5, { id: '1', deviceId: 'phone' }),
    ago(5, { id: '2', deviceId: 'tablet' }),
  );
  const profile = { phone: shopper.phone };
  await recordAs(
    ctx,
    source,
    ago(4, { id: '3', deviceId: 'phone', profile }),
    ago(4, { id: '4', deviceId: 'tablet', profile }),
  );
  await recordAs(
    ctx,
    source,
    ago(3, { id: '5', deviceId: 'phone' }),
    ago(3, { id: '6', deviceId: 'tablet' }),
  );
  expect(new Set(Object.values(await owners(source)))).toEqual(new Set([shopper.id]));
  const devices = await ctx.sql
    .selectFrom('identity')
    .select(['masked', 'sealed'])
    .where('profile_id', '=', shopper.id)
    .where('kind', '=', 'DEVICE')
    .execute();
  expect(devices.map(({ sealed }) => ctx.vault.open(sealed)).toSorted()).toEqual(['phone', 'tablet']);
});

test('a device that changes hands: from then on it is the other person’s, what was before stays', async () => {
  const ctx = it.app.context();
  const source = newId();
  const [first, second] = [await aShopper(ctx), await aShopper(ctx)];
  await recordAs(ctx, source, ago(10, { id: '1', deviceId: 'd', profile: { phone: first.phone } }));
  await recordAs(ctx, source, ago(9, { id: '2', deviceId: 'd' }));
  await recordAs(ctx, source, ago(5, { id: '3', deviceId: 'd', profile: { phone: second.phone } }));
  await recordAs(ctx, source, ago(4, { id: '4', deviceId: 'd' }));
  const expected = { 1: first.id, 2: first.id, 3: second.id, 4: second.id };
  expect(await owners(source)).toEqual(expected);
  // Late news of the first one, and what is known already, do not bring the device back.
  await recordAs(ctx, source, ago(8, { id: '5', deviceId: 'd', profile: { phone: first.phone } }));
  await recordAs(ctx, source, ago(1, { id: '6', deviceId: 'd' }));
  expect(await owners(source)).toEqual({ ...expected, 5: first.id, 6: second.id });
  expect((await profileOf(first.id)).merged_into).toBeNull();
});

test('while a visitor is joined, their next events come in: none is left behind', async () => {
  const ctx = it.app.context();
  for (let round = 0; round < 10; round += 1) {
    const source = newId();
    const shopper = await aShopper(ctx);
    await recordAs(ctx, source, ago(5, { deviceId: 'd' }));
    await Promise.all([
      ...Array.from({ length: 6 }, () => recordAs(it.app.context(), source, ago(3, { deviceId: 'd' }))),
      recordAs(it.app.context(), source, ago(4, { deviceId: 'd', profile: { phone: shopper.phone } })),
    ]);
    const all = Object.values(await owners(source));
    expect(all).toHaveLength(8);
    expect(new Set(all)).toEqual(new Set([shopper.id]));
  }
});

test('devices of two sources are two devices', async () => {
  const ctx = it.app.context();
  const [site, app] = [newId(), newId()];
  await recordAs(ctx, site, ago(1, { id: '1', deviceId: '1' }));
  await recordAs(ctx, app, ago(1, { id: '1', deviceId: '1' }));
  expect((await owners(site))[1]).not.toBe((await owners(app))[1]);
});

test('what an import recorded can be taken back and recorded again; a dry run leaves nothing', async () => {
  const ctx = it.app.context();
  const source = newId();
  const batchId = newId();
  const events = [ago(2, { id: '1', deviceId: 'a' }), ago(2, { id: '2', deviceId: 'b' })];
  await recordAs(ctx, source, ago(3, { id: '0', deviceId: 'a' }));
  const dry = await recordEvents(ctx, { source, events, batchId, dryRun: true });
  expect(dry.results.map(({ status }) => status)).toEqual(['CREATED', 'CREATED']);
  expect(Object.keys(await owners(source))).toEqual(['0']);
  await recordEvents(ctx, { source, events, batchId });
  const { 2: visitor = '' } = await owners(source);
  expect(await removeEvents(ctx, batchId)).toBe(2);
  expect(Object.keys(await owners(source))).toEqual(['0']);
  await expect(profileOf(visitor)).rejects.toThrow('no result');
  const again = await recordEvents(ctx, { source, events, batchId });
  expect(again.results.map(({ status }) => status)).toEqual(['CREATED', 'CREATED']);
});
