import { expect, test } from 'vitest';
import { writeSetting } from '../../company/index.ts';
import { aCashier, aKey, aStore, aTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ask, send } from '../../testing/shopper-operations.ts';
import { SIGN_IN_SETTINGS, type SignInSettings } from './sign-in-settings.ts';

const it = useTestApp();

/** Changes the company's figures for one test. */
async function withSettings(changes: Partial<SignInSettings>, work: () => Promise<void>): Promise<void> {
  const ctx = it.app.context();
  await writeSetting(ctx, SIGN_IN_SETTINGS, { ...SIGN_IN_SETTINGS.initial, ...changes });
  await work();
  await writeSetting(ctx, SIGN_IN_SETTINGS, SIGN_IN_SETTINGS.initial);
}

test('one phone: one a minute, three in ten minutes, five a day, from whatever till', async () => {
  const ctx = it.app.context();
  const [one, two] = [await aCashier(ctx), await aCashier(ctx)];
  const phone = aPhone();
  const start = it.app.clock.now().getTime();
  const at = (seconds: number) => new Date(start + seconds * 1_000);
  const sendAt = async (seconds: number, token: string) => {
    it.app.clock.set(at(seconds));
    return ask(it.app, token, 'identify', { phone });
  };
  const refusedUntil = (seconds: number) => ({
    __typename: 'TooManyCodes',
    retryAt: at(seconds).toISOString(),
  });
  expect(await sendAt(0, one.token)).toMatchObject({ __typename: 'ShopperChallenge' });
  expect(await sendAt(30, two.token)).toEqual(refusedUntil(60));
  expect(await sendAt(60, two.token)).toMatchObject({ __typename: 'ShopperChallenge' });
  expect(await sendAt(120, one.token)).toMatchObject({ __typename: 'ShopperChallenge' });
  expect(await sendAt(180, two.token)).toEqual(refusedUntil(600));
  expect(await sendAt(600, two.token)).toMatchObject({ __typename: 'ShopperChallenge' });
  expect(await sendAt(660, one.token)).toMatchObject({ __typename: 'ShopperChallenge' });
  expect(await sendAt(1_400, one.token)).toEqual(refusedUntil(86_400));
});

test('a refused code costs the till nothing', async () => {
  await withSettings({ perTill: [{ seconds: 3_600, max: 2 }] }, async () => {
    const { token } = await aCashier(it.app.context());
    const elsewhere = await aCashier(it.app.context());
    const phone = aPhone();
    await ask(it.app, elsewhere.token, 'identify', { phone });
    for (let tries = 0; tries < 5; tries += 1)
      expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ __typename: 'TooManyCodes' });
    for (let codes = 0; codes < 2; codes += 1)
      expect(await ask(it.app, token, 'identify', { phone: aPhone() })).toMatchObject({
        __typename: 'ShopperChallenge',
      });
    expect(await ask(it.app, token, 'identify', { phone: aPhone() })).toMatchObject({
      __typename: 'TooManyCodes',
    });
  });
});

test.each([
  ['a store', { perStore: [{ seconds: 86_400, max: 2 }] }],
  ['the company', { perCompany: [{ seconds: 86_400, max: 2 }] }],
])('%s has its own budget over all its tills', async (_whose, changes) => {
  it.app.clock.advance(2 * 86_400_000);
  await withSettings(changes, async () => {
    const ctx = it.app.context();
    const store = await aStore(ctx);
    const tills = [await aTill(ctx, { store }), await aTill(ctx, { store }), await aTill(ctx, { store })];
    const answers: string[] = [];
    for (const till of tills) {
      const { token } = await aCashier(ctx, { till });
      answers.push((await ask(it.app, token, 'identify', { phone: aPhone() })).__typename);
    }
    expect(answers).toEqual(['ShopperChallenge', 'ShopperChallenge', 'TooManyCodes']);
  });
});

test('a thousand phones from one till: thirty are looked up, the rest is told to wait, once audited', async () => {
  const ctx = it.app.context();
  const { token, till } = await aCashier(ctx);
  const known = await aShopper(ctx);
  const codes: (string | undefined)[] = [];
  for (let phones = 0; phones < 1_000; phones += 50) {
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => send(it.app, token, 'identify', { phone: aPhone(), verify: false })),
    );
    codes.push(...answers.map(({ errors }) => errors?.[0]?.extensions.code));
  }
  expect(codes.filter((code) => code === undefined)).toHaveLength(30);
  expect(codes.filter((code) => code === 'RATE_LIMITED')).toHaveLength(970);
  const refused = await send(it.app, token, 'profile', { phone: known.phone });
  expect(refused.errors?.[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 60_000 });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select('action')
    .where('subject', '=', `till:${till.id}`)
    .where('action', '=', 'look-ups.limited')
    .execute();
  expect(audited).toHaveLength(1);
  it.app.clock.advance(60_000);
  expect(await ask(it.app, token, 'identify', { phone: known.phone, verify: false })).toMatchObject({
    __typename: 'ShopperVisit',
  });
});

test('numbers of countries the company does not send to get no code; recognised they are', async () => {
  await withSettings({ countries: ['RU', 'KZ'] }, async () => {
    const ctx = it.app.context();
    const { token } = await aCashier(ctx);
    const { phone } = await aShopper(ctx, { phone: '+447400123456' });
    expect(await ask(it.app, token, 'identify', { phone })).toEqual({
      __typename: 'InvalidInput',
      problems: [{ path: ['phone'], code: 'FORMAT' }],
    });
    expect(await ask(it.app, token, 'identify', { phone, verify: false })).toMatchObject({
      __typename: 'ShopperVisit',
    });
  });
});

test('a shop on the internet is not a till: its key looks up more', async () => {
  const { token } = await aKey(it.app.context());
  for (let phones = 0; phones < 40; phones += 1)
    expect(await ask(it.app, token, 'identify', { phone: aPhone(), verify: false })).toMatchObject({
      __typename: 'ShopperUnknown',
    });
});
