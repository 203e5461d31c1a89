import { expect, test } from 'vitest';
import { anonymousActor, authenticate, inviteStaff } from '../../company/index.ts';
import { newId } from '../../platform/ids.ts';
import { asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aChannel } from '../../testing/messaging.builders.ts';
import { aSession, aStaffMember } from '../../testing/staff.builders.ts';
import { handlers } from '../../reactions.ts';
import type { Context } from '../../platform/context.ts';
import type { SendOutcome } from '../channels/channel.ts';
import { sendDueLetters } from './send-due-letters.ts';

const it = useTestApp();

const PASSWORD = 'корабли-в-гавани';
const URL_OF_SHOP = 'https://shop.example';

/** What the relay would do with everything that waits. */
async function deliver(ctx: Context): Promise<void> {
  const table = handlers(() => undefined, URL_OF_SHOP);
  for (;;) {
    const events = await ctx.sql
      .selectFrom('outbox_event')
      .selectAll()
      .where('published_at', 'is', null)
      .execute();
    if (events.length === 0) return;
    for (const event of events) {
      for (const handler of table[event.kind] ?? [])
        await handler.handle(ctx, {
          id: event.id,
          kind: event.kind,
          profileId: event.profile_id,
          payload: event.payload,
          occurredAt: event.occurred_at,
        });
      await ctx.sql
        .updateTable('outbox_event')
        .set({ published_at: ctx.clock.now() })
        .where('id', '=', event.id)
        .execute();
    }
  }
}

const accepting = (outcome: SendOutcome = { result: 'ACCEPTED', providerId: null, delivered: false }) => ({
  ...aChannel(() => outcome),
  channels: ['EMAIL' as const],
});

/** The letters to one address that leave now. */
async function lettersTo(
  ctx: Context,
  email: string,
): Promise<{ subject: string | null; text: string; token: string }[]> {
  await deliver(ctx);
  const channel = accepting();
  await sendDueLetters(ctx, [channel]);
  return channel.sent
    .filter(({ to }) => to === email)
    .map(({ subject, text }) => ({ subject, text, token: /#token=(\S+)/.exec(text)?.[1] ?? '' }));
}

const ask = (query: string, variables: Record<string, unknown>) =>
  it.app.graphql<Record<string, Record<string, unknown> | null>>({ query, variables });
const REQUEST = 'mutation ($email: String!) { requestPasswordReset(email: $email) { mailConnected } }';
const RESET = `mutation ($token: String!, $password: String!) { resetPassword(input: { token: $token, password: $password }) {
  __typename ... on PasswordSet { email } ... on InvalidInput { problems { path code } } } }`;

async function somebody(): Promise<{ id: string; email: string }> {
  const email = `olga-${newId()}@example.com`;
  return {
    email,
    id: await aStaffMember(it.app.context(), ['SUPPORT'], {
      email,
      name: 'Ольга\r\nBcc: x@y.z',
      password: 'the old password',
    }),
  };
}

test('a forgotten password: one letter, one use, and every session is over', async () => {
  const ctx = it.app.context();
  const { email } = await somebody();
  const signedIn = await aSession(ctx, ['SUPPORT'], { email: `second-${newId()}@example.com` });
  await ctx.sql
    .updateTable('staff_session')
    .set({ staff_id: (await owner(email)).id })
    .where('staff_id', '=', signedIn.staffId)
    .execute();
  expect((await ask(REQUEST, { email: ` ${email.toUpperCase()} ` })).data).toEqual({
    requestPasswordReset: { mailConnected: true },
  });
  const [letter, ...more] = await lettersTo(ctx, email);
  expect(more).toEqual([]);
  expect(letter?.subject).toBe('Новый пароль в Clientele');
  expect(letter?.text).toContain(`\n${URL_OF_SHOP}/admin/reset#token=cl_`);
  expect(letter?.text.split('\n')[0]).toBe('Здравствуйте, Ольга Bcc: x@y.z!');
  const token = letter?.token ?? '';
  expect(
    (await ask('query ($token: String!) { staffLink(token: $token) { kind email } }', { token })).data,
  ).toEqual({
    staffLink: { kind: 'RESET', email },
  });
  const weak = await ask(RESET, { token, password: 'password1234' });
  expect(weak.data?.['resetPassword']).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['password'], code: 'FORMAT' }],
  });
  expect((await ask(RESET, { token, password: PASSWORD })).data?.['resetPassword']).toEqual({
    __typename: 'PasswordSet',
    email,
  });
  expect((await ask(RESET, { token, password: PASSWORD })).data?.['resetPassword']).toEqual({
    __typename: 'LinkRefused',
  });
  const caller = { authorization: undefined, address: '', session: signedIn.session };
  expect((await authenticate(ctx, caller)).kind).toBe('ANONYMOUS');
});

async function owner(email: string): Promise<{ id: string }> {
  return it.app
    .context()
    .sql.selectFrom('staff')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
}

test('nobody learns whether an e-mail is known, and an unknown one gets no letter', async () => {
  const ctx = it.app.context();
  const email = `nobody-${newId()}@example.com`;
  expect((await ask(REQUEST, { email })).data).toEqual({ requestPasswordReset: { mailConnected: true } });
  expect(await lettersTo(ctx, email)).toEqual([]);
});

test('three letters an hour; a newer link closes the older; an hour closes it too', async () => {
  const ctx = it.app.context();
  const { email } = await somebody();
  const tokens: string[] = [];
  for (let time = 0; time < 4; time += 1) {
    await ask(REQUEST, { email });
    tokens.push(...(await lettersTo(ctx, email)).map(({ token }) => token));
  }
  expect(tokens).toHaveLength(3);
  const [first, , third = ''] = tokens;
  expect((await ask(RESET, { token: first, password: PASSWORD })).data?.['resetPassword']).toEqual({
    __typename: 'LinkRefused',
  });
  it.app.clock.advance(3_600_000);
  expect((await ask(RESET, { token: third, password: PASSWORD })).data?.['resetPassword']).toEqual({
    __typename: 'LinkRefused',
  });
});

test('whoever is invited chooses a password; the invitation is no reset of somebody who has one', async () => {
  const ctx = asSystem(it.app.context());
  const email = `new-${newId()}@example.com`;
  const staffId = await aStaffMember(ctx, ['ANALYST'], { email });
  expect(await inviteStaff(ctx, { staffId })).toEqual({ sent: true, path: null });
  const [letter] = await lettersTo(ctx, email);
  expect(letter?.text).toContain('/admin/invitation#token=cl_');
  it.app.clock.advance(7 * 24 * 3_600_000 - 1);
  const accepted = await ask(
    'mutation ($token: String!, $password: String!) { acceptInvitation(input: { token: $token, password: $password }) { __typename } }',
    { token: letter?.token, password: PASSWORD },
  );
  expect(accepted.data?.['acceptInvitation']).toEqual({ __typename: 'PasswordSet' });
  await expect(inviteStaff(ctx, { staffId })).rejects.toMatchObject({
    problems: [{ path: ['staffId'], code: 'MISMATCH' }],
  });
});

test('where no letter can be sent the page says so, and an invitation is handed over', async () => {
  const ctx = { ...it.app.context(anonymousActor('10.0.0.1')), mailConnected: false };
  const staffId = await aStaffMember(ctx, ['ANALYST'], { email: `new-${newId()}@example.com` });
  const invited = await inviteStaff(asSystem(ctx), { staffId });
  expect(invited).toMatchObject({ sent: false });
  expect(invited.path).toMatch(/^\/admin\/invitation#token=cl_/);
});

test('a letter that was not taken is tried again later, one that may have gone out is not', async () => {
  const ctx = it.app.context();
  const stateOf = async (email: string) =>
    ctx.sql
      .selectFrom('staff_letter')
      .innerJoin('staff', 'staff.id', 'staff_letter.staff_id')
      .select(['state', 'attempts'])
      .where('email', '=', email)
      .executeTakeFirst();
  const [busy, broken] = [await somebody(), await somebody()];
  await ask(REQUEST, { email: busy.email });
  await deliver(ctx);
  await sendDueLetters(ctx, [accepting({ result: 'REFUSED', reason: 'busy' })]);
  expect(await stateOf(busy.email)).toEqual({ state: 'QUEUED', attempts: 1 });
  expect(await sendDueLetters(ctx, [accepting()])).toBe(0);
  it.app.clock.advance(5_000);
  await sendDueLetters(ctx, [accepting()]);
  expect(await stateOf(busy.email)).toEqual({ state: 'SENT', attempts: 2 });
  await ask(REQUEST, { email: broken.email });
  await deliver(ctx);
  await sendDueLetters(ctx, [accepting({ result: 'UNCERTAIN', reason: 'broke' })]);
  it.app.clock.advance(600_000);
  expect(await sendDueLetters(ctx, [accepting()])).toBe(0);
  expect(await stateOf(broken.email)).toEqual({ state: 'UNKNOWN', attempts: 1 });
});
