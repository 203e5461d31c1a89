import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { aCashier, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper, aVisit } from '../../testing/profiles.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { readTimeline } from '../timeline/read-timeline.ts';
import { PROFILE_TIMELINE } from '../timeline/own-kinds.ts';
import { openVisit, readVisit } from '../visits/visit.ts';
import { attachIdentity, detachIdentity } from './change-owner.ts';
import { parseProfileRef } from './profile-ref.ts';
import { resolveProfile } from './resolve-profile.ts';

const it = useTestApp();

async function aSupport() {
  const ctx = it.app.context();
  const staff = asActor(ctx, await staffActor(ctx, ['SUPPORT'], { name: 'Вера' }));
  const shopper = await aShopper(ctx, { email: `${aPhone()}@mail.ru` });
  const identity = async (kind: 'PHONE' | 'EMAIL', profileId = shopper.id) =>
    ctx.sql
      .selectFrom('identity')
      .select('id')
      .where('profile_id', '=', profileId)
      .where('kind', '=', kind)
      .executeTakeFirst();
  const owner = async (phone: string) =>
    (await resolveProfile(ctx, await parseProfileRef(ctx, { phone }, 'ref')))?.id ?? null;
  const detach = async (reason = 'номер отдан другому') =>
    detachIdentity(staff, {
      profileId: globalId('Profile', shopper.id),
      identityId: (await identity('PHONE'))?.id ?? '',
      reason,
    });
  return { ctx, staff, shopper, owner, detach, identity };
}

test('a phone given to somebody else: the old owner keeps their history, the new one sees none of it', async () => {
  const { ctx, staff, shopper, owner, detach } = await aSupport();
  await detach();
  expect(await owner(shopper.phone)).toBeNull();
  it.app.clock.advance(86_400_000);
  const { profileId } = await attachIdentity(staff, {
    profileId: null,
    identity: { phone: shopper.phone },
    reason: 'новый владелец',
  });
  expect(profileId).not.toBe(shopper.id);
  expect(await owner(shopper.phone)).toBe(profileId);
  const [before, after] = await Promise.all(
    [shopper.id, profileId].map((id) => readTimeline(staff, PROFILE_TIMELINE, id, { kinds: ['IDENTITY'] })),
  );
  const masked = `+7 ••• •••-${shopper.phone.slice(-4, -2)}-${shopper.phone.slice(-2)}`;
  expect(before?.edges.map(({ node }) => node.facts)).toEqual([
    {
      change: 'DETACHED',
      identityKind: 'PHONE',
      masked,
      since: expect.any(Date),
      reason: 'номер отдан другому',
      by: 'Вера',
    },
  ]);
  expect(after?.edges.map(({ node }) => node.facts)).toEqual([
    { change: 'ATTACHED', identityKind: 'PHONE', masked, since: null, reason: 'новый владелец', by: 'Вера' },
  ]);
  const log = await ctx.sql
    .selectFrom('identity_change')
    .select(['profile_id', 'change'])
    .where('profile_id', 'in', [shopper.id, profileId])
    .orderBy('at')
    .execute();
  expect(log).toEqual([
    { profile_id: shopper.id, change: 'DETACHED' },
    { profile_id: profileId, change: 'ATTACHED' },
  ]);
});

test('open visits end with the phone: whoever stands at the till may be somebody else', async () => {
  const { ctx, shopper, detach } = await aSupport();
  const till = asActor(ctx, (await aCashier(ctx)).actor);
  const visit = await aVisit(till, { profileId: shopper.id });
  await detach();
  await expect(readVisit(till, visit)).rejects.toMatchObject({ code: 'VisitExpired' });
  expect((await openVisit(till, { profileId: shopper.id, verified: false })).verified).toBe(false);
});

test('what is somebody’s is never given to another', async () => {
  const { ctx, staff, shopper, owner } = await aSupport();
  const other = await aShopper(ctx);
  await expect(
    attachIdentity(staff, {
      profileId: globalId('Profile', other.id),
      identity: { phone: shopper.phone },
      reason: 'просит',
    }),
  ).rejects.toMatchObject({ problems: [{ path: ['identity'], code: 'DUPLICATE' }] });
  expect(await owner(shopper.phone)).toBe(shopper.id);
});

test('two of support at once: one gives it, the other is told it is taken', async () => {
  const { staff, shopper, detach, ctx } = await aSupport();
  await detach();
  const give = () =>
    attachIdentity(staff, { profileId: null, identity: { phone: shopper.phone }, reason: 'новый' });
  const both = await Promise.allSettled([give(), give()]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  // The one who was told so made nobody.
  const made = await ctx.sql
    .selectFrom('identity_change')
    .select('profile_id')
    .where('change', '=', 'ATTACHED')
    .where('reason', '=', 'новый')
    .execute();
  expect(made.length).toBe(1);
});

test.each([
  [{ reason: '' }, 'reason'],
  [{ reason: 'x'.repeat(501) }, 'reason'],
  [{ identityId: 'junk' }, 'identityId'],
  [{ identityId: '019a0000-0000-7000-8000-000000000000' }, 'identityId'],
  [{ profileId: 'junk' }, 'profileId'],
])('%j is refused at %s', async (input, field) => {
  const { staff, shopper, identity } = await aSupport();
  const known = {
    profileId: globalId('Profile', shopper.id),
    identityId: (await identity('PHONE'))?.id ?? '',
    reason: 'да',
  };
  await expect(detachIdentity(staff, { ...known, ...input })).rejects.toMatchObject({
    problems: [{ path: [field] }],
  });
});

test('whose a contact was stays told: the log is only added to', async () => {
  const { ctx, detach } = await aSupport();
  await detach();
  await expect(ctx.sql.deleteFrom('identity_change').execute()).rejects.toThrow('append-only');
  await expect(ctx.sql.updateTable('identity_change').set({ kind: 'CARD' }).execute()).rejects.toThrow(
    'append-only',
  );
  await expect(ctx.sql.updateTable('profile_change').set({ source: 'x' }).execute()).rejects.toThrow(
    'permission denied',
  );
});
