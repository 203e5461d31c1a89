import { expect, test } from 'vitest';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { aCashier, aKey, asActor, aStore, aTill } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aConsentText, aPhone, aShopper, lastCode } from '../../testing/profiles.builders.ts';
import { ask, send, type Result } from '../../testing/shopper-operations.ts';
import { confirmShopper } from './confirm-shopper.ts';

const it = useTestApp();

const code = (challenge: Result) =>
  lastCode(it.app.context(), localId(challenge.id, 'ShopperChallenge') ?? '');

/** Not the code, whatever it is. */
const wrong = (right: string, by = 1) => String((Number(right) + by) % 1_000_000).padStart(6, '0');

test('a new shopper: the code makes the person, and the answers of the questionnaire are theirs', async () => {
  const ctx = it.app.context();
  const { token, till } = await aCashier(ctx);
  const text = await aConsentText(ctx, { brandId: till.store.brandId });
  const phone = aPhone();
  const challenge = await ask(it.app, token, 'identify', { phone });
  const visit = await ask(it.app, token, 'confirm', {
    challengeId: challenge.id,
    code: await code(challenge),
    enrolment: {
      givenName: ' Анна ',
      email: 'Anna.First@Mail.ru',
      birthDate: '1990-05-01',
      gender: 'FEMALE',
      consents: [{ textId: globalId('ConsentText', text), granted: true }],
    },
  });
  expect(visit).toMatchObject({
    __typename: 'ShopperVisit',
    verified: true,
    expiresAt: new Date(it.app.clock.now().getTime() + 1_800_000).toISOString(),
    profile: { kind: 'PERSON', givenName: 'Анна', email: 'a•••@mail.ru' },
  });
  const profileId = localId((visit['profile'] as Result).id, 'Profile') ?? '';
  const consents = await ctx.sql
    .selectFrom('consent')
    .select(['text_id', 'purpose', 'version', 'granted', 'source', 'given_at'])
    .where('profile_id', '=', profileId)
    .execute();
  expect(consents).toEqual([
    {
      text_id: text,
      purpose: 'PROCESSING',
      version: '1',
      granted: true,
      source: `till:${till.id}`,
      given_at: it.app.clock.now(),
    },
  ]);
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ kind: 'SIGN_IN' });
});

test('the same code from the same till gives the same visit, fifty times at once too', async () => {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx);
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const input = { challengeId: challenge.id, code: await code(challenge) };
  const visits = await Promise.all(Array.from({ length: 50 }, () => ask(it.app, token, 'confirm', input)));
  expect(new Set(visits.map(({ __typename }) => __typename))).toEqual(new Set(['ShopperVisit']));
  expect(new Set(visits.map(({ id }) => id)).size).toBe(1);
  it.app.clock.advance(600_000);
  expect((await ask(it.app, token, 'confirm', input)).id).toBe(visits[0]?.id);
});

test('asked for again within the minute: the same challenge, and the same code the same visit', async () => {
  const { token } = await aCashier(it.app.context());
  const phone = aPhone();
  const challenge = await ask(it.app, token, 'identify', { phone });
  const input = { challengeId: challenge.id, code: await code(challenge) };
  const visit = await ask(it.app, token, 'confirm', input);
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({
    id: challenge.id,
    kind: 'SIGN_IN',
  });
  expect((await ask(it.app, token, 'confirm', input)).id).toBe(visit.id);
  await it.app.context().sql.updateTable('visit').set({ verified_at: null }).execute();
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ __typename: 'TooManyCodes' });
});

test('five guesses, then not even the right code', async () => {
  const { token } = await aCashier(it.app.context());
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const right = await code(challenge);
  for (const attemptsLeft of [4, 3, 2, 1, 0])
    expect(await ask(it.app, token, 'confirm', { challengeId: challenge.id, code: wrong(right) })).toEqual({
      __typename: 'WrongCode',
      attemptsLeft,
    });
  expect(await ask(it.app, token, 'confirm', { challengeId: challenge.id, code: right })).toEqual({
    __typename: 'WrongCode',
    attemptsLeft: 0,
  });
});

test('twenty guesses at once: no more than five are looked at', async () => {
  const ctx = it.app.context();
  const { token, actor } = await aCashier(ctx);
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const right = await code(challenge);
  const challengeId = localId(challenge.id, 'ShopperChallenge') ?? '';
  // The right one comes last in the queue: were more than five looked at, one would succeed.
  const guesses = [...Array.from({ length: 19 }, (_, by) => wrong(right, by + 1)), right];
  const answers = await Promise.all(
    guesses.map((guess) =>
      confirmShopper(asActor(it.app.context(), actor), {
        challengeId,
        code: guess,
        waiver: null,
        enrolment: null,
      }).then(
        () => 'RIGHT' as const,
        (error: { attemptsLeft: number }) => error.attemptsLeft,
      ),
    ),
  );
  const wrongs = answers.filter((answer) => answer !== 'RIGHT');
  expect(wrongs.filter((left) => left > 0).toSorted()).toEqual([1, 2, 3, 4]);
  const row = await ctx.sql
    .selectFrom('sign_in_challenge')
    .select('attempts_left')
    .where('id', '=', challengeId)
    .executeTakeFirstOrThrow();
  expect(row.attempts_left).toBe(0);
});

test('a code is over after five minutes', async () => {
  const { token } = await aCashier(it.app.context());
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  it.app.clock.advance(300_000);
  expect(
    await ask(it.app, token, 'confirm', { challengeId: challenge.id, code: await code(challenge) }),
  ).toEqual({ __typename: 'CodeExpired', code: 'CodeExpired' });
});

test('a code of an earlier challenge, and of another till, opens nothing; the other till is audited', async () => {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx);
  const thief = await aCashier(ctx);
  const phone = aPhone();
  const first = await ask(it.app, token, 'identify', { phone });
  const firstCode = await code(first);
  it.app.clock.advance(60_000);
  const second = await ask(it.app, token, 'identify', { phone });
  const expired = { __typename: 'CodeExpired', code: 'CodeExpired' };
  expect(await ask(it.app, token, 'confirm', { challengeId: first.id, code: firstCode })).toEqual(expired);
  const stolen = { challengeId: second.id, code: await code(second) };
  expect(await ask(it.app, thief.token, 'confirm', stolen)).toEqual(expired);
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'actor_id'])
    .where('subject', '=', `challenge:${localId(second.id, 'ShopperChallenge')}`)
    .execute();
  expect(audited).toEqual([{ action: 'sign-in-code.foreign', actor_id: thief.id }]);
  expect(await ask(it.app, token, 'confirm', stolen)).toMatchObject({ verified: true });
});

test('the open unverified visit is raised, so the basket stays', async () => {
  const { token } = await aCashier(it.app.context());
  const { phone } = await aShopper(it.app.context());
  const unverified = await ask(it.app, token, 'identify', { phone, verify: false });
  it.app.clock.advance(600_000);
  const challenge = await ask(it.app, token, 'identify', { phone });
  const raised = await ask(it.app, token, 'confirm', {
    challengeId: challenge.id,
    code: await code(challenge),
  });
  expect(raised).toMatchObject({
    id: unverified.id,
    verified: true,
    expiresAt: new Date(it.app.clock.now().getTime() + 1_800_000).toISOString(),
  });
  const nextInLine = await ask(it.app, token, 'identify', { phone, verify: false });
  expect(nextInLine).toMatchObject({ verified: false });
  expect(nextInLine.id).not.toBe(unverified.id);
});

test('two tills enrol one phone at once: one person', async () => {
  const ctx = it.app.context();
  const phone = aPhone();
  const tills = [await aCashier(ctx), await aCashier(ctx)];
  const challenges: Result[] = [];
  for (const { token } of tills) {
    challenges.push(await ask(it.app, token, 'identify', { phone }));
    it.app.clock.advance(61_000);
  }
  const codes = await Promise.all(challenges.map(code));
  const visits = await Promise.all(
    tills.map(({ token }, index) =>
      ask(it.app, token, 'confirm', { challengeId: challenges[index]?.id, code: codes[index] }),
    ),
  );
  const [one, two] = visits.map((visit) => (visit['profile'] as Result).id);
  expect(one).toBe(two);
});

test('a required consent is demanded before the code is spent', async () => {
  const ctx = it.app.context();
  const { token, till } = await aCashier(ctx);
  const text = await aConsentText(ctx, { brandId: till.store.brandId, required: true });
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const input = { challengeId: challenge.id, code: await code(challenge) };
  const agree = (granted: boolean) => ({
    ...input,
    enrolment: { consents: [{ textId: globalId('ConsentText', text), granted }] },
  });
  const refused = {
    __typename: 'InvalidInput',
    problems: [{ path: ['enrolment', 'consents'], code: 'REQUIRED' }],
  };
  expect(await ask(it.app, token, 'confirm', input)).toEqual(refused);
  expect(await ask(it.app, token, 'confirm', agree(false))).toEqual(refused);
  expect(await ask(it.app, token, 'confirm', agree(true))).toMatchObject({ verified: true });
});

test('another shopper’s e-mail is refused and the code still works without it', async () => {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx);
  await aShopper(ctx, { email: 'taken@mail.ru' });
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const input = { challengeId: challenge.id, code: await code(challenge) };
  expect(await ask(it.app, token, 'confirm', { ...input, enrolment: { email: 'TAKEN@mail.ru' } })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['enrolment', 'email'], code: 'DUPLICATE' }],
  });
  expect(await ask(it.app, token, 'confirm', input)).toMatchObject({ verified: true });
});

test.each([
  [{}, ['code'], 'REQUIRED'],
  [{ code: '123456', waiver: { managerId: 'x', managerPin: '1234', reason: 'x' } }, ['waiver'], 'MISMATCH'],
  [{ code: '12345' }, ['code'], 'FORMAT'],
  [{ code: 'abcdef' }, ['code'], 'FORMAT'],
  [{ code: '123456', enrolment: { birthDate: '2090-01-01' } }, ['enrolment', 'birthDate'], 'RANGE'],
  [{ code: '123456', enrolment: { email: 'x' } }, ['enrolment', 'email'], 'FORMAT'],
  [
    { code: '123456', enrolment: { consents: [{ textId: 'x', granted: true }] } },
    ['enrolment', 'consents', '0', 'textId'],
    'UNKNOWN',
  ],
])('%j is refused at %j: %s, and no attempt is taken', async (input, path, problem) => {
  const { token } = await aCashier(it.app.context());
  const phone = aPhone();
  const challenge = await ask(it.app, token, 'identify', { phone });
  expect(await ask(it.app, token, 'confirm', { challengeId: challenge.id, ...input })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path, code: problem }],
  });
  expect(await ask(it.app, token, 'identify', { phone })).toMatchObject({ attemptsLeft: 5 });
});

test('a manager answers for a code that did not come, by own PIN and with a reason, audited', async () => {
  const ctx = it.app.context();
  const { token, till } = await aCashier(ctx);
  const manager = await aCashier(ctx, { till, manager: true, pin: '8642' });
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const waive = (waiver: object) =>
    ask(it.app, token, 'confirm', {
      challengeId: challenge.id,
      waiver: {
        managerId: globalId('Staff', manager.id),
        managerPin: '8642',
        reason: 'СМС не пришла',
        ...waiver,
      },
    });
  expect(await waive({ managerPin: '0000' })).toEqual({
    __typename: 'WrongPin',
    attemptsLeft: 4,
    lockedUntil: null,
  });
  expect(await waive({ reason: '  ' })).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['waiver', 'reason'], code: 'REQUIRED' }],
  });
  expect(await waive({})).toMatchObject({ __typename: 'ShopperVisit', verified: true });
  const entries = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('action', '=', 'sign-in-code.waived')
    .where('subject', '=', `challenge:${localId(challenge.id, 'ShopperChallenge')}`)
    .execute();
  expect(entries).toHaveLength(1);
  expect(entries[0]?.facts).toMatchObject({ managerId: manager.id, tillId: till.id });
  expect(ctx.vault.open(String(entries[0]?.facts['sealedReason']))).toBe('СМС не пришла');
});

test('a cashier, a manager of another store, a kiosk and a key waive nothing', async () => {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx);
  const stranger = await aCashier(ctx, { manager: true });
  const { id } = await ask(it.app, cashier.token, 'identify', { phone: aPhone() });
  const waiver = (managerId: string) => ({
    challengeId: id,
    waiver: { managerId: globalId('Staff', managerId), managerPin: '1234', reason: 'x' },
  });
  for (const managerId of [cashier.id, stranger.id])
    expect(await ask(it.app, cashier.token, 'confirm', waiver(managerId))).toEqual({
      __typename: 'InvalidInput',
      problems: [{ path: ['waiver', 'managerId'], code: 'UNKNOWN' }],
    });
  const store = await aStore(ctx);
  const kiosk = await aTill(ctx, { store, kind: 'KIOSK' });
  const manager = await aCashier(ctx, { till: await aTill(ctx, { store }), manager: true });
  const key = await aKey(ctx, { storeIds: [store.id] });
  for (const { token } of [kiosk, key]) {
    const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
    expect(await ask(it.app, token, 'confirm', { ...waiver(manager.id), challengeId: challenge.id })).toEqual(
      { __typename: 'InvalidInput', problems: [{ path: ['waiver'], code: 'MISMATCH' }] },
    );
  }
});

test('a bare till confirms nothing', async () => {
  const { token, till } = await aCashier(it.app.context());
  const challenge = await ask(it.app, token, 'identify', { phone: aPhone() });
  const answer = await send(it.app, till.token, 'confirm', {
    challengeId: challenge.id,
    code: await code(challenge),
  });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
