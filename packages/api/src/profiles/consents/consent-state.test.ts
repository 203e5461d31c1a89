import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aBrand, aKey, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aConsentText, aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { answerFor, lastConsents, type ConsentInput } from './record-consents.ts';
import { recordCustomerConsents } from './record-customer-consent.ts';

const it = useTestApp();

async function aTalk() {
  const ctx = it.app.context();
  const brandId = await aBrand(ctx);
  const textId = await aConsentText(ctx, { brandId, purpose: 'ADVERTISING', text: 'Рассылки' });
  const staff = asActor(ctx, await staffActor(ctx, ['SUPPORT']));
  const shopper = await aShopper(ctx);
  const say = async (granted: boolean, about: Partial<ConsentInput> = {}, profileId = shopper.id) => {
    it.app.clock.advance(60_000);
    return recordCustomerConsents(staff, {
      profileId: globalId('Profile', profileId),
      consents: [{ textId: globalId('ConsentText', textId), granted, ...about }],
      note: 'по телефону',
    });
  };
  const allowed = async (channel: 'SMS' | 'EMAIL', topic = 'NEWS') =>
    answerFor(await lastConsents(ctx, [shopper.id]), { brandId, purpose: 'ADVERTISING', channel, topic })
      ?.granted ?? null;
  return { ctx, shopper, say, allowed, textId, brandId };
}

test('the latest answer that covers a channel and a topic counts, wide or narrow', async () => {
  const { say, allowed } = await aTalk();
  expect(await allowed('SMS')).toBeNull();
  await say(true);
  expect([await allowed('SMS'), await allowed('EMAIL')]).toEqual([true, true]);
  await say(false, { channel: 'SMS' });
  expect([await allowed('SMS'), await allowed('EMAIL')]).toEqual([false, true]);
  await say(true, { channel: 'SMS', topic: 'NEWS' });
  expect([await allowed('SMS', 'NEWS'), await allowed('SMS', 'SALES')]).toEqual([true, false]);
  await say(false);
  expect([await allowed('SMS', 'NEWS'), await allowed('EMAIL')]).toEqual([false, false]);
});

test('each place keeps its own answers; the same one again adds nothing', async () => {
  const { ctx, shopper, say } = await aTalk();
  await say(true);
  await say(true);
  await say(false, { channel: 'SMS' });
  await say(false, { channel: 'SMS' });
  const rows = await ctx.sql
    .selectFrom('consent')
    .select(['channel', 'granted', 'source', 'note'])
    .where('profile_id', '=', shopper.id)
    .orderBy('given_at')
    .execute();
  expect(rows).toEqual([
    { channel: null, granted: true, source: 'admin', note: 'по телефону' },
    { channel: 'SMS', granted: false, source: 'admin', note: 'по телефону' },
  ]);
});

test('what was answered to a profile that was merged counts for the person, the newest of all', async () => {
  const { ctx, shopper, say, allowed } = await aTalk();
  const twin = await aShopper(ctx);
  await say(true);
  await say(false, {}, twin.id);
  expect(await allowed('SMS')).toBe(true);
  await ctx.sql.updateTable('profile').set({ merged_into: shopper.id }).where('id', '=', twin.id).execute();
  expect(await allowed('SMS')).toBe(false);
  await say(true);
  expect(await allowed('SMS')).toBe(true);
});

test('a partner tells of a channel and a topic too', async () => {
  const { ctx, textId } = await aTalk();
  const { token } = await aKey(ctx);
  const consent = { textId: globalId('ConsentText', textId), granted: true, channel: 'SMS', topic: 'NEWS' };
  const profile = { phones: [aPhone()], consents: [consent] };
  const upsert = () => ask(it.app, token, 'upsert', { source: 'crm', profiles: [profile] });
  expect(await upsert()).toMatchObject({ results: [{ status: 'CREATED' }] });
  expect(await upsert()).toMatchObject({ results: [{ status: 'UNCHANGED' }] });
  const wrong = { ...profile, consents: [{ ...consent, topic: 'bad topic' }] };
  expect(await ask(it.app, token, 'upsert', { source: 'crm', profiles: [wrong] })).toMatchObject({
    results: [{ status: 'REJECTED', problems: [{ path: ['consents', '0', 'topic'] }] }],
  });
});

test('without words of how it was given, nothing is kept', async () => {
  const { ctx, shopper, textId } = await aTalk();
  const staff = asActor(ctx, await staffActor(ctx, ['SUPPORT']));
  const consents = [{ textId: globalId('ConsentText', textId), granted: true }];
  await expect(
    recordCustomerConsents(staff, { profileId: globalId('Profile', shopper.id), consents, note: ' ' }),
  ).rejects.toMatchObject({ problems: [{ path: ['note'], code: 'REQUIRED' }] });
});
