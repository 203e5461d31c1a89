import { expect, test } from 'vitest';
import { localId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { aCashier, aTill } from '@clientele/api/src/testing/company.builders.ts';
import { aPhone, lastCode } from '@clientele/api/src/testing/profiles.builders.ts';
import { DOCUMENTS } from './documents.ts';
import { ask, problemsOf, respond, useShop } from './shop.ts';
import { contentOf, unchanged } from './unchanged.ts';

const shop = useShop();
const MINUTE = 60_000;

async function challenged(): Promise<{ challengeId: string; right: string; wrong: string }> {
  const { id: challengeId } = await ask(shop, 'identify', { phone: aPhone() });
  const right = await lastCode(shop.app.context(), localId(challengeId, 'ShopperChallenge') ?? '');
  const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
  return { challengeId, right, wrong };
}

/** At a till of their own: look-ups are counted by the till. */
async function aFreshCashier() {
  const ctx = shop.app.context();
  return aCashier(ctx, { till: await aTill(ctx, { store: shop.stores[0] }) });
}

/** A guess takes an attempt from its challenge and nothing else. */
async function onlyAttempts<Result>(work: () => Promise<Result>): Promise<Result> {
  const { sign_in_challenge: _before, ...before } = await contentOf(shop.app);
  const result = await work();
  const { sign_in_challenge: _after, ...after } = await contentOf(shop.app);
  expect(after).toEqual(before);
  return result;
}

test('11: after five guesses not even the right code makes a person or a visit', async () => {
  const { challengeId, right, wrong } = await challenged();
  await onlyAttempts(async () => {
    for (const code of [wrong, wrong, wrong, wrong, wrong, wrong, right])
      expect(await ask(shop, 'confirm', { challengeId, code })).toMatchObject({ __typename: 'WrongCode' });
  });
  await unchanged(shop.app, () => ask(shop, 'confirm', { challengeId, code: right }));
});

test('12: of twenty guesses at once five are looked at, and none is let through by the others', async () => {
  const { challengeId, wrong } = await challenged();
  await onlyAttempts(async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(shop, 'confirm', { challengeId, code: wrong })),
    );
    expect(answers.map(({ __typename }) => __typename)).toEqual(
      Array.from({ length: 20 }, () => 'WrongCode'),
    );
  });
  const { rows } = await shop.app.database.pool.query<{ attempts_left: number }>(
    'select attempts_left from sign_in_challenge where id = $1',
    [localId(challengeId, 'ShopperChallenge')],
  );
  expect(rows).toEqual([{ attempts_left: 0 }]);
});

test('13: a code of another till or of an earlier challenge opens nothing; a used one only its own visit', async () => {
  const first = await challenged();
  const second = await challenged();
  await onlyAttempts(async () => {
    const stolen = { challengeId: first.challengeId, code: first.right };
    expect(await ask(shop, 'confirm', stolen, shop.colleague.token)).toMatchObject({
      __typename: 'CodeExpired',
    });
    const swapped = { challengeId: second.challengeId, code: first.right };
    if (first.right !== second.right)
      expect(await ask(shop, 'confirm', swapped)).toMatchObject({ __typename: 'WrongCode' });
  });
  const own = { challengeId: first.challengeId, code: first.right };
  const visit = await ask(shop, 'confirm', own);
  expect(visit).toMatchObject({ __typename: 'ShopperVisit', verified: true });
  expect(await unchanged(shop.app, () => ask(shop, 'confirm', own))).toEqual(visit);
  shop.app.clock.advance(31 * MINUTE);
  expect(await unchanged(shop.app, () => ask(shop, 'confirm', own))).toMatchObject({
    __typename: 'CodeExpired',
  });
});

test('14: a fourth code in ten minutes is not sent', async () => {
  const phone = aPhone();
  for (let sent = 0; sent < 3; sent += 1) {
    expect(await ask(shop, 'identify', { phone })).toMatchObject({ __typename: 'ShopperChallenge' });
    shop.app.clock.advance(MINUTE);
  }
  await unchanged(shop.app, async () => {
    for (const { token } of [shop.cashier, shop.colleague, shop.elsewhere])
      expect(await ask(shop, 'identify', { phone }, token)).toMatchObject({ __typename: 'TooManyCodes' });
  });
});

test('15, 17: what is no mobile of a person gets no code, however it is written', async () => {
  const none = [
    '8 (809) 123-45-67',
    '8 800 555-35-35',
    '8 (495) 123-45-67',
    '+44 909 8790000',
    '+1 800 555 0123',
    '112',
    '',
    '\u200F\u202A\u202C',
    '8 912\u0000 345-67-89',
    '8 912 345-67-89; 8 912 345-67-80',
    '+79123456789'.repeat(8),
    'Анна',
  ];
  const { token } = await aFreshCashier();
  await unchanged(shop.app, async () => {
    for (const phone of none) {
      const answer = await ask(shop, 'identify', { phone }, token);
      expect([phone, problemsOf(answer)]).toEqual([phone, ['phone FORMAT']]);
    }
    const long = { input: { phone: '9'.repeat(10_000) } };
    expect((await respond(shop, DOCUMENTS.identify, long, token)).codes).toEqual(['BAD_REQUEST']);
  });
});

test('17: twelve spellings of one phone are one challenge and one code', async () => {
  const local = aPhone().slice(2);
  const [code, a, b, c] = [local.slice(0, 3), local.slice(3, 6), local.slice(6, 8), local.slice(8)];
  const fullWidth = [...`8${local}`].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('');
  const spellings = [
    `+7${local}`,
    `8${local}`,
    `7${local}`,
    local,
    `8 (${code}) ${a}-${b}-${c}`,
    `+7 ${code} ${a}-${b}-${c}`,
    `8-${code}-${a}-${b}-${c}`,
    `  8.${code}.${a}.${b}.${c}  `,
    `tel:+7-${code}-${a}-${b}-${c}`,
    fullWidth,
    `\u202A+7 ${code} ${a} ${b}${c}\u202C`,
    `\u200F8 (${code})\u00A0${a}\u2011${b}\u2011${c}\uFEFF`,
  ];
  const { token } = await aFreshCashier();
  const { id } = await ask(shop, 'identify', { phone: spellings[0] }, token);
  await unchanged(shop.app, async () => {
    for (const phone of spellings)
      expect([phone, (await ask(shop, 'identify', { phone }, token)).id]).toEqual([phone, id]);
  });
});
