import { expect, test } from 'vitest';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier, asActor } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aConsentText, aShopper, aVisit } from '../../testing/profiles.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';

const it = useTestApp();

async function aShopperAtTheTill(shopper: { email?: string } = {}) {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx);
  const { id } = await aShopper(ctx, { givenName: 'Анна', ...shopper });
  const visit = await aVisit(asActor(ctx, cashier.actor), { profileId: id, verified: false });
  const visitId = globalId('ShopperVisit', visit);
  const update = (input: object) =>
    ask(it.app, cashier.token, 'update', { requestId: newId(), visitId, ...input });
  return { cashier, profileId: id, visitId, update };
}

test('absent leaves, null clears', async () => {
  const { update, profileId } = await aShopperAtTheTill();
  expect(await update({ familyName: 'Петрова', birthDate: '1990-05-01', email: 'a@mail.ru' })).toMatchObject({
    __typename: 'ShopperUpdated',
    profile: {
      id: globalId('Profile', profileId),
      givenName: 'Анна',
      familyName: 'Петрова',
      birthDate: '1990-05-01',
      email: 'a•••@mail.ru',
    },
  });
  expect(await update({ givenName: null, birthDate: null, email: null, gender: 'OTHER' })).toMatchObject({
    profile: { givenName: null, familyName: 'Петрова', birthDate: null, gender: 'OTHER', email: null },
  });
});

test('the source and time of each value are kept', async () => {
  const { update, profileId, cashier } = await aShopperAtTheTill();
  await update({ familyName: 'Петрова' });
  const row = await it.app
    .context()
    .sql.selectFrom('profile')
    .select('origins')
    .where('id', '=', profileId)
    .executeTakeFirstOrThrow();
  expect(row.origins).toEqual({
    familyName: { source: `till:${cashier.till.id}`, at: it.app.clock.now().toISOString() },
  });
});

test('a repeat changes nothing, other content under the same id is a conflict, a refusal leaves it free', async () => {
  const { update, profileId } = await aShopperAtTheTill();
  const requestId = newId();
  expect(await update({ requestId, birthDate: '2090-01-01' })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['birthDate'], code: 'RANGE' }],
  });
  const first = await update({ requestId, familyName: 'Петрова' });
  await update({ familyName: 'Иванова' });
  const events = () =>
    it.app
      .context()
      .sql.selectFrom('outbox_event')
      .select('payload')
      .where('profile_id', '=', profileId)
      .where('kind', '=', 'profile.updated')
      .orderBy('position')
      .execute();
  const before = await events();
  expect(before.map(({ payload }) => payload)).toEqual([
    { fields: ['familyName'] },
    { fields: ['familyName'] },
  ]);
  const repeated = await update({ requestId, familyName: 'Петрова' });
  expect(first).toMatchObject({ profile: { familyName: 'Петрова' } });
  expect(repeated).toMatchObject({ profile: { familyName: 'Иванова' } });
  expect(await events()).toEqual(before);
  expect(await update({ requestId, familyName: 'Сидорова' })).toEqual({
    __typename: 'IdempotencyConflict',
    code: 'IdempotencyConflict',
  });
});

test('a visit that is over, unknown, or another till’s is expired; the other till’s is audited', async () => {
  const { update, visitId, cashier } = await aShopperAtTheTill();
  const thief = await aCashier(it.app.context());
  const expired = { __typename: 'VisitExpired', code: 'VisitExpired' };
  const steal = { requestId: newId(), visitId, givenName: 'Ева' };
  expect(await ask(it.app, thief.token, 'update', steal)).toEqual(expired);
  for (const id of [globalId('ShopperVisit', newId()), globalId('Profile', newId()), 'junk'])
    expect(await update({ visitId: id })).toEqual(expired);
  const subject = `visit:${localId(visitId, 'ShopperVisit')}`;
  const audited = await it.app
    .context()
    .sql.selectFrom('audit_entry')
    .select(['action', 'actor_id'])
    .where('subject', '=', subject)
    .execute();
  expect(audited).toEqual([{ action: 'visit.foreign', actor_id: thief.id }]);
  it.app.clock.advance(1_800_000);
  expect(await update({ givenName: 'Ева' })).toEqual(expired);
  expect(cashier.till.id).not.toBe(thief.till.id);
});

test('another shopper’s e-mail is never taken', async () => {
  const { update } = await aShopperAtTheTill({ email: 'anna@mail.ru' });
  const other = await aShopper(it.app.context(), { email: 'boris@mail.ru' });
  expect(await update({ givenName: 'Ева', email: 'Boris@mail.ru' })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['email'], code: 'DUPLICATE' }],
  });
  expect(await update({})).toMatchObject({ profile: { givenName: 'Анна', email: 'a•••@mail.ru' } });
  expect(other.id).toBeTypeOf('string');
});

test('a new address replaces a mistyped one, which is free again', async () => {
  const ctx = it.app.context();
  const { update } = await aShopperAtTheTill({ email: 'ana@mail.ru' });
  expect(await update({ email: 'vera@mail.ru' })).toMatchObject({ profile: { email: 'v•••@mail.ru' } });
  await expect(aShopper(ctx, { email: 'ana@mail.ru' })).resolves.toMatchObject({ id: expect.any(String) });
});

test('consents are added, never changed; the same answer again adds nothing', async () => {
  const ctx = it.app.context();
  const { update, profileId, cashier } = await aShopperAtTheTill();
  const text = await aConsentText(ctx, { brandId: cashier.till.store.brandId, purpose: 'ADVERTISING' });
  const textId = globalId('ConsentText', text);
  for (const granted of [true, true, false, true]) {
    it.app.clock.advance(1_000);
    await update({ consents: [{ textId, granted }] });
  }
  const rows = await ctx.sql
    .selectFrom('consent')
    .select('granted')
    .where('profile_id', '=', profileId)
    .orderBy('given_at')
    .execute();
  expect(rows.map(({ granted }) => granted)).toEqual([true, false, true]);
  await expect(ctx.sql.deleteFrom('consent').execute()).rejects.toThrow('append-only');
});

test('a wording that was replaced cannot be agreed to any more', async () => {
  const ctx = it.app.context();
  const { update, cashier } = await aShopperAtTheTill();
  const { brandId } = cashier.till.store;
  const old = await aConsentText(ctx, { brandId, version: '1' });
  const fresh = await aConsentText(ctx, { brandId, version: '2' });
  expect(await update({ consents: [{ textId: globalId('ConsentText', old), granted: true }] })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['consents', '0', 'textId'], code: 'UNKNOWN' }],
  });
  const { data } = await it.app.graphql({
    query: '{ till { consentTexts { id purpose version text required } } }',
    token: cashier.token,
  });
  expect(data).toEqual({
    till: {
      consentTexts: [
        {
          id: globalId('ConsentText', fresh),
          purpose: 'PROCESSING',
          version: '2',
          text: 'Согласие на обработку персональных данных',
          required: false,
        },
      ],
    },
  });
});
