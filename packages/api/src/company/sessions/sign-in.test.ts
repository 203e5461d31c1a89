import { expect, test } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { newId } from '../../platform/ids.ts';
import { anonymousActor, signIn, spendUsage } from '../index.ts';
import { ownPage, useTestApp } from '../../testing/create-test-app.ts';
import { aSession, aStaffMember } from '../../testing/staff.builders.ts';

const it = useTestApp();

const PASSWORD = 'корабли-в-гавани';
const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(input: { email: $email, password: $password }) {
  __typename ... on SignedIn { session { state staff { name } roles stores { id } } } ... on SignInRefused { message retryAt } } }`;

interface Answer {
  status: number;
  /** Of the cookie that was set; null: none was. */
  session: string | null;
  cookie: string;
  data: Record<string, Record<string, unknown> | null>;
  codes: string[];
}

/** As the sign-in page asks. */
async function ask(
  app: typeof it.app,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = ownPage(null),
): Promise<Answer> {
  const response = await app.http.inject({
    method: 'POST',
    url: '/graphql',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Mozilla/5.0 (Windows NT 10.0) Chrome/140',
      ...headers,
    },
    payload: JSON.stringify({ query, variables }),
  });
  const body: { data?: Answer['data']; errors?: { extensions: { code: string } }[] } = response.json();
  const cookie = String(response.headers['set-cookie'] ?? '');
  return {
    status: response.statusCode,
    cookie,
    session: /^clientele_session=([^;]+)/.exec(cookie)?.[1] ?? null,
    data: body.data ?? {},
    codes: (body.errors ?? []).map(({ extensions }) => extensions.code),
  };
}

/** As in production, where only the apps' own documents are accepted. */
async function passwordInProduction(app: typeof it.app, email: string): Promise<string> {
  const ctx = { ...app.context(anonymousActor('10.0.0.1')), mode: 'production' as const };
  return (await signIn(ctx, { email, password: PASSWORD, userAgent: '' })).token;
}

async function somebody(app: typeof it.app): Promise<{ email: string; id: string }> {
  const email = `olga-${newId()}@example.com`;
  const id = await aStaffMember(app.context(), ['OWNER'], { email, password: PASSWORD });
  return { email, id };
}

test('in the demo a password is enough; the cookie is out of reach of scripts and of other sites', async () => {
  const { email } = await somebody(it.app);
  const { session, cookie, data } = await ask(it.app, SIGN_IN, {
    email: ` ${email.toUpperCase()}`,
    password: PASSWORD,
  });
  expect(data['signIn']).toMatchObject({
    session: { state: 'OPEN', staff: { name: 'Мария' }, roles: ['OWNER'] },
  });
  expect(cookie).toMatch(
    /^clientele_session=ca_[\w-]{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  const { data: own } = await ask(it.app, '{ mySessions { device current } }', {}, ownPage(session));
  expect(own['mySessions']).toEqual([{ device: 'Chrome, Windows', current: true }]);
});

test('a wrong password and an unknown e-mail are one answer; the sixth waits five minutes', async () => {
  const { email } = await somebody(it.app);
  for (const tried of [email, `nobody-${newId()}@example.com`]) {
    for (let guess = 1; guess <= 5; guess += 1) {
      const { data, session } = await ask(it.app, SIGN_IN, {
        email: tried,
        password: `guess number ${guess}`,
      });
      const locked = guess === 5 ? it.app.clock.now().getTime() + 300_000 : null;
      expect(session).toBeNull();
      expect(data['signIn']).toMatchObject({
        __typename: 'SignInRefused',
        retryAt: locked === null ? null : new Date(locked).toISOString(),
      });
    }
    const { data } = await ask(it.app, SIGN_IN, { email: tried, password: PASSWORD });
    expect(data['signIn']).toMatchObject({ __typename: 'SignInRefused', message: 'Too many tries; wait.' });
  }
  it.app.clock.advance(300_001);
  const { data } = await ask(it.app, SIGN_IN, { email, password: PASSWORD });
  expect(data['signIn']).toMatchObject({ __typename: 'SignedIn' });
  it.app.clock.advance(3_600_000);
});

test('one address tries thirty times an hour, whomever it tries', async () => {
  const app = it.app;
  app.clock.advance(3_600_000);
  const limit = { key: 'sign-in:address:127.0.0.1', seconds: 3_600, max: 30 };
  for (let guess = 0; guess < 29; guess += 1) expect(await spendUsage(app.context(), [limit])).toBeNull();
  await ask(app, SIGN_IN, { email: `nobody-${newId()}@example.com`, password: 'x' });
  const { email } = await somebody(app);
  const { data } = await ask(app, SIGN_IN, { email, password: PASSWORD });
  expect(data['signIn']).toMatchObject({ __typename: 'SignInRefused', message: 'Too many tries; wait.' });
  app.clock.advance(3_600_001);
  const later = await ask(app, SIGN_IN, { email, password: PASSWORD });
  expect(later.data['signIn']).toMatchObject({ __typename: 'SignedIn' });
});

test('a page of another site neither signs in nor uses the session', async () => {
  const { session } = await aSession(it.app.context(), ['OWNER']);
  const cookie = `clientele_session=${session}`;
  const own = ownPage(session);
  const foreign: Record<string, string>[] = [
    { ...own, origin: 'https://evil.example' },
    { ...own, origin: 'null' },
    { ...own, 'x-clientele-csrf': '' },
    { cookie },
    { cookie, origin: 'http://clientele.test', host: 'clientele.test' },
    { cookie, 'x-clientele-csrf': '1' },
  ];
  for (const headers of foreign) {
    const { status, codes } = await ask(it.app, 'mutation { signOutEverywhere }', {}, headers);
    expect([headers, status, codes]).toEqual([headers, 403, ['FORBIDDEN']]);
  }
  const login = await ask(
    it.app,
    SIGN_IN,
    { email: 'a@example.com', password: 'x' },
    { origin: 'https://evil.example' },
  );
  expect(login.codes).toEqual(['FORBIDDEN']);
  expect((await ask(it.app, '{ mySessions { current } }', {}, own)).codes).toEqual([]);
});

test('another site that only reads gets the answer of nobody', async () => {
  const { session } = await aSession(it.app.context(), ['OWNER']);
  const read = async (headers: Record<string, string>) => {
    const response = await it.app.http.inject({
      url: '/graphql?query={session{state}}',
      headers: { cookie: `clientele_session=${session}`, host: 'clientele.test', ...headers },
    });
    return (response.json() as { data: { session: unknown } }).data.session;
  };
  expect(await read({})).toEqual({ state: 'OPEN' });
  expect(await read({ 'sec-fetch-site': 'cross-site' })).toBeNull();
  expect(await read({ origin: 'https://evil.example' })).toBeNull();
});

test('a session lives twelve hours unused and seven days at most, and is over at once when signed out', async () => {
  const { app } = it;
  const hours = (count: number) => app.clock.advance(count * 3_600_000);
  const state = async (token: string) =>
    (await ask(app, '{ session { state } }', {}, ownPage(token))).data['session'];
  const idle = await aSession(app.context(), ['MARKETER']);
  hours(11.9);
  expect(await state(idle.session)).toEqual({ state: 'OPEN' });
  hours(11.9);
  expect(await state(idle.session)).toEqual({ state: 'OPEN' });
  hours(12.1);
  expect(await state(idle.session)).toBeNull();
  const busy = await aSession(app.context(), ['MARKETER']);
  for (let day = 0; day < 16; day += 1) {
    hours(10);
    expect(await state(busy.session)).toEqual({ state: 'OPEN' });
  }
  hours(8.1);
  expect(await state(busy.session)).toBeNull();
  const gone = await aSession(app.context(), ['MARKETER']);
  const out = await ask(app, 'mutation { signOut }', {}, ownPage(gone.session));
  expect(out.cookie).toContain('clientele_session=; Max-Age=0;');
  expect(await state(gone.session)).toBeNull();
});

/** What an authenticator app would show now. */
function appCode(secret: string, now: Date): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: now.getTime() });
}

async function withSecondFactor(
  app: typeof it.app,
): Promise<{ email: string; secret: string; codes: string[] }> {
  const { email } = await somebody(app);
  const session = await passwordInProduction(app, email);
  const offered = await ask(
    app,
    'mutation { setUpSecondFactor(input: {}) { ... on SecondFactorOffered { uri secret } } }',
    {},
    ownPage(session),
  );
  const { uri, secret } = offered.data['setUpSecondFactor'] as { uri: string; secret: string };
  expect(uri).toBe(
    `otpauth://totp/Clientele:${encodeURIComponent(email)}?issuer=Clientele&secret=${secret}&algorithm=SHA1&digits=6&period=30`,
  );
  const code = appCode(secret, app.clock.now());
  const done = await ask(app, FINISH, { code }, ownPage(session));
  expect(done.data['finishSecondFactorSetUp']).toMatchObject({
    session: { state: 'OPEN', roles: ['OWNER'] },
  });
  expect(done.session).not.toBe(session);
  const { recoveryCodes } = done.data['finishSecondFactorSetUp'] as { recoveryCodes: string[] };
  return { email, secret, codes: recoveryCodes };
}

const FINISH = `mutation ($code: String!) { finishSecondFactorSetUp(input: { code: $code }) { __typename
  ... on SecondFactorSet { recoveryCodes session { state roles } } ... on WrongSecondFactor { attemptsLeft } } }`;
const CONFIRM = `mutation ($code: String!) { confirmSecondFactor(input: { code: $code }) { __typename
  ... on SignedIn { session { state } } ... on WrongSecondFactor { attemptsLeft retryAt } } }`;

test('in production the first sign-in sets up the second factor, and until then tells nothing', async () => {
  const { app } = it;
  const { email } = await somebody(app);
  const session = await passwordInProduction(app, email);
  const { data } = await ask(app, '{ session { state roles stores { id } } }', {}, ownPage(session));
  expect(data['session']).toEqual({ state: 'SET_UP', roles: [], stores: [] });
  const early = await ask(app, '{ mySessions { current } }', {}, ownPage(session));
  expect(early.codes).toEqual(['UNAUTHENTICATED']);
  const { codes } = await withSecondFactor(app);
  expect(codes).toHaveLength(10);
  expect(new Set(codes).size).toBe(10);
  for (const code of codes) expect(code).toMatch(/^[a-z2-9]{5}-[a-z2-9]{5}$/);
});

test('a code of the app works once, half a minute early or late, and not twice in two sessions', async () => {
  const { app } = it;
  const { email, secret } = await withSecondFactor(app);
  const step = async () => ask(app, SIGN_IN, { email, password: PASSWORD });
  const [one, two] = [await step(), await step()];
  expect(one.data['signIn']).toMatchObject({ session: { state: 'SECOND_FACTOR', roles: [] } });
  const confirm = (session: string | null, code: string) => ask(app, CONFIRM, { code }, ownPage(session));
  // That of the set-up is used up.
  const used = await confirm(one.session, appCode(secret, app.clock.now()));
  expect(used.data['confirmSecondFactor']).toMatchObject({
    __typename: 'WrongSecondFactor',
    attemptsLeft: 4,
  });
  const ahead = appCode(secret, new Date(app.clock.now().getTime() + 30_000));
  const [first, second] = await Promise.all([confirm(one.session, ahead), confirm(two.session, ahead)]);
  const names = [first, second].map(({ data }) => data['confirmSecondFactor']?.['__typename']);
  expect(names.toSorted()).toEqual(['SignedIn', 'WrongSecondFactor']);
  app.clock.advance(120_000);
  const late = appCode(secret, new Date(app.clock.now().getTime() - 60_000));
  expect((await confirm(two.session, late)).data['confirmSecondFactor']).toMatchObject({
    __typename: 'WrongSecondFactor',
  });
});

test('five wrong codes lock for five minutes, the right one included', async () => {
  const { app } = it;
  const { email, secret } = await withSecondFactor(app);
  const { session } = await ask(app, SIGN_IN, { email, password: PASSWORD });
  const confirm = async (code: string) =>
    (await ask(app, CONFIRM, { code }, ownPage(session))).data['confirmSecondFactor'];
  for (let left = 4; left >= 0; left -= 1)
    expect(await confirm('12x456')).toMatchObject({ attemptsLeft: left });
  app.clock.advance(60_000);
  expect(await confirm(appCode(secret, app.clock.now()))).toMatchObject({ attemptsLeft: 0 });
  app.clock.advance(240_001);
  expect(await confirm(appCode(secret, app.clock.now()))).toMatchObject({ session: { state: 'OPEN' } });
});

test('a recovery code opens one session, typed as it may be; a new set-up makes them all worthless', async () => {
  const { app } = it;
  const { email, codes } = await withSecondFactor(app);
  const attempt = async (code: string) => {
    const { session } = await ask(app, SIGN_IN, { email, password: PASSWORD });
    return ask(app, CONFIRM, { code }, ownPage(session));
  };
  const [one = '', two = ''] = codes;
  const opened = await attempt(` ${one.toUpperCase().replace('-', ' ')} `);
  expect(opened.data['confirmSecondFactor']).toMatchObject({ session: { state: 'OPEN' } });
  expect((await attempt(one)).data['confirmSecondFactor']).toMatchObject({ __typename: 'WrongSecondFactor' });
  const own = ownPage(opened.session);
  const setUp = (password: string) =>
    ask(
      app,
      `mutation ($password: String) { setUpSecondFactor(input: { password: $password }) { __typename ... on SecondFactorOffered { secret } } }`,
      { password },
      own,
    );
  expect((await setUp('not the password')).data['setUpSecondFactor']).toEqual({
    __typename: 'SignInRefused',
  });
  const { secret } = (await setUp(PASSWORD)).data['setUpSecondFactor'] as { secret: string };
  const finished = await ask(app, FINISH, { code: appCode(secret, app.clock.now()) }, own);
  expect(finished.data['finishSecondFactorSetUp']).toMatchObject({ session: { state: 'OPEN' } });
  expect((await attempt(two)).data['confirmSecondFactor']).toMatchObject({ __typename: 'WrongSecondFactor' });
});

test('whoever has only the password cannot put another telephone in its place', async () => {
  const { app } = it;
  const { email } = await withSecondFactor(app);
  const { session } = await ask(app, SIGN_IN, { email, password: PASSWORD });
  const { codes } = await ask(
    app,
    'mutation { setUpSecondFactor(input: {}) { __typename } }',
    {},
    ownPage(session),
  );
  expect(codes).toEqual(['FORBIDDEN']);
});

test('neither passwords, codes, secrets nor tokens stand in the database or the audit', async () => {
  const { app } = it;
  const { secret, codes, email } = await withSecondFactor(app);
  const { session } = await ask(app, SIGN_IN, { email, password: PASSWORD });
  const { sql } = app.context();
  const stored = JSON.stringify(
    await Promise.all(
      (
        ['staff', 'staff_session', 'second_factor', 'recovery_code', 'audit_entry', 'sign_in_guard'] as const
      ).map((table) => sql.selectFrom(table).selectAll().execute()),
    ),
  );
  for (const word of [
    PASSWORD,
    secret,
    session?.slice(3) ?? '',
    ...codes,
    ...codes.map((code) => code.replace('-', '')),
  ])
    expect(stored).not.toContain(word);
});
