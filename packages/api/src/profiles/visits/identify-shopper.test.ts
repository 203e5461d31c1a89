import { expect, test } from 'vitest';
import { localId } from '../../platform/graphql/global-id.ts';
import { aCashier, aKey, aStore, aTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper, lastCode } from '../../testing/profiles.builders.ts';
import { ask, send } from '../../testing/shopper-operations.ts';

const it = useTestApp();

async function codesSent(challengeId: string): Promise<number> {
  const local = localId(challengeId, 'ShopperChallenge');
  const events = await it.app
    .context()
    .sql.selectFrom('outbox_event')
    .select('payload')
    .where('kind', '=', 'sign-in-code.requested')
    .execute();
  return events.filter(({ payload }) => payload['challengeId'] === local).length;
}

test('a phone nobody has is asked to become a member, a known one to sign in', async () => {
  const { token } = await aCashier(it.app.context());
  const now = it.app.clock.now().getTime();
  expect(await ask(it.app, token, 'identify', { phone: '8 (912) 000-11-22' })).toEqual({
    __typename: 'ShopperChallenge',
    id: expect.any(String),
    kind: 'ENROLMENT',
    maskedPhone: '+7 ••• •••-11-22',
    codeLength: 6,
    channel: 'SMS',
    otherChannels: ['VIBER'],
    delivery: 'SENDING',
    expiresAt: new Date(now + 300_000).toISOString(),
    resendAt: new Date(now + 60_000).toISOString(),
    attemptsLeft: 5,
  });
  const { phone } = await aShopper(it.app.context());
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ kind: 'SIGN_IN' });
});

test('the order to send holds contact and code sealed, in the language of the store', async () => {
  const store = await aStore(it.app.context(), { language: 'en' });
  const till = await aTill(it.app.context(), { store });
  const { token } = await aCashier(it.app.context(), { till });
  const phone = aPhone();
  const challenge = await ask(it.app, token, 'identify', { phone });
  const challengeId = localId(challenge.id, 'ShopperChallenge') ?? '';
  const ctx = it.app.context();
  const event = await ctx.sql
    .selectFrom('outbox_event')
    .select('payload')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  expect(event.payload).toEqual({
    challengeId,
    channel: 'SMS',
    language: 'en',
    sealedTo: expect.stringMatching(/^v1\./),
    sealedCode: expect.stringMatching(/^v1\./),
    expiresAt: challenge['expiresAt'],
  });
  expect(ctx.vault.open(String(event.payload['sealedTo']))).toBe(phone);
  expect(await lastCode(ctx, challengeId)).toMatch(/^\d{6}$/);
});

test('before resendAt the same challenge again and nothing is sent; twenty at once are one', async () => {
  const { token } = await aCashier(it.app.context());
  const phone = aPhone();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => ask(it.app, token, 'identify', { phone })),
  );
  const ids = new Set(answers.map(({ id }) => id));
  expect(ids.size).toBe(1);
  const [id = ''] = ids;
  it.app.clock.advance(59_999);
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ id });
  expect(await codesSent(id)).toBe(1);
  it.app.clock.advance(1);
  const next = await ask(it.app, token, 'identify', { phone });
  expect(next.id).not.toBe(id);
  expect(await codesSent(next.id)).toBe(1);
});

test('without a code: an unverified visit of a known shopper, the same while it lasts', async () => {
  const { token } = await aCashier(it.app.context());
  const { phone } = await aShopper(it.app.context(), { givenName: 'Анна' });
  const visit = await ask(it.app, token, 'identify', { phone, verify: false });
  expect(visit).toEqual({
    __typename: 'ShopperVisit',
    id: expect.any(String),
    verified: false,
    expiresAt: new Date(it.app.clock.now().getTime() + 1_800_000).toISOString(),
    offers: [],
    profile: {
      id: expect.any(String),
      kind: 'PERSON',
      givenName: 'Анна',
      phone: `+7 ••• •••-${phone.slice(-4, -2)}-${phone.slice(-2)}`,
      email: null,
    },
  });
  expect((await ask(it.app, token, 'identify', { phone, verify: false })).id).toBe(visit.id);
  it.app.clock.advance(1_800_000);
  expect((await ask(it.app, token, 'identify', { phone, verify: false })).id).not.toBe(visit.id);
});

test('without a code nobody unknown becomes known', async () => {
  const { token } = await aCashier(it.app.context());
  expect(await ask(it.app, token, 'identify', { phone: aPhone(), verify: false })).toEqual({
    __typename: 'ShopperUnknown',
    code: 'ShopperUnknown',
  });
});

test('a card leads to the phone of its owner; of somebody without one, to an unverified visit', async () => {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx);
  const { phone } = await aShopper(ctx, { card: '2200 0000 1111 2222' });
  expect(await ask(it.app, token, 'identify', { card: '2200-0000-1111-2222' })).toMatchObject({
    __typename: 'ShopperChallenge',
    kind: 'SIGN_IN',
    maskedPhone: `+7 ••• •••-${phone.slice(-4, -2)}-${phone.slice(-2)}`,
  });
  expect(await ask(it.app, token, 'identify', { card: '2200000011112222', verify: false })).toMatchObject({
    __typename: 'ShopperVisit',
    verified: false,
  });
  expect(await ask(it.app, token, 'identify', { card: '9999 0000' })).toMatchObject({
    __typename: 'ShopperUnknown',
  });
  const { token: key } = await aKey(ctx);
  await ask(it.app, key, 'upsert', { source: 'site', profiles: [{ externalId: 'c1', cards: ['7777'] }] });
  expect(await ask(it.app, token, 'identify', { card: '7777' })).toMatchObject({
    __typename: 'ShopperVisit',
    verified: false,
  });
});

test('the country comes from the number, else from the store', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx, { country: 'BY', currency: 'BYN', timeZone: 'Europe/Minsk' });
  const { token } = await aCashier(ctx, { till: await aTill(ctx, { store }) });
  const { phone } = await aShopper(ctx, { phone: '+375291112233' });
  expect(phone).toBe('+375291112233');
  expect(await ask(it.app, token, 'identify', { phone: '8 029 111-22-33' })).toMatchObject({
    kind: 'SIGN_IN',
    maskedPhone: '+375 ••• •••-22-33',
  });
  const russian = await aShopper(ctx);
  expect(await ask(it.app, token, 'identify', { phone: russian.phone })).toMatchObject({ kind: 'SIGN_IN' });
});

test.each([
  [{}, ['phone'], 'REQUIRED'],
  [{ phone: '+79120000000', card: '1234' }, ['card'], 'MISMATCH'],
  [{ phone: '12' }, ['phone'], 'FORMAT'],
  [{ phone: '8 912\u0000 345-67-89' }, ['phone'], 'FORMAT'],
  [{ phone: '8 (800) 555-35-35' }, ['phone'], 'FORMAT'],
  [{ phone: '8 (809) 123-45-67' }, ['phone'], 'FORMAT'],
  [{ phone: '+44 909 8790000' }, ['phone'], 'FORMAT'],
  [{ phone: '8 (495) 123-45-67' }, ['phone'], 'FORMAT'],
  [{ card: '' }, ['card'], 'FORMAT'],
  [{ card: '<script>' }, ['card'], 'FORMAT'],
])('%j is refused at %j: %s', async (input, path, code) => {
  const { token } = await aCashier(it.app.context());
  expect(await ask(it.app, token, 'identify', input)).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path, code }],
  });
});

test('ten kilobytes of phone never reach the operation', async () => {
  const { token } = await aCashier(it.app.context());
  const answer = await send(it.app, token, 'identify', { phone: '9'.repeat(10_000) });
  expect(answer.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
});

test('a kiosk always asks for a code', async () => {
  const { token } = await aTill(it.app.context(), { kind: 'KIOSK' });
  const { phone } = await aShopper(it.app.context());
  expect(await ask(it.app, token, 'identify', { phone, verify: false })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['verify'], code: 'MISMATCH' }],
  });
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ kind: 'SIGN_IN' });
});

test('known or not: the unauthorised are told the same', async () => {
  const { phone } = await aShopper(it.app.context());
  const { token } = await aTill(it.app.context());
  for (const caller of [undefined, token]) {
    const known = await send(it.app, caller, 'identify', { phone });
    const unknown = await send(it.app, caller, 'identify', { phone: aPhone() });
    expect(known.errors?.[0]?.extensions.code).toBe(caller ? 'FORBIDDEN' : 'UNAUTHENTICATED');
    const told = ({ data, errors }: typeof known) =>
      JSON.stringify({ data, code: errors?.[0]?.extensions.code, message: errors?.[0]?.message });
    expect(told(known)).toBe(told(unknown));
  }
});
