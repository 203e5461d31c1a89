import { expect, test } from 'vitest';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { newId } from '../platform/ids.ts';
import { moveShopperRows } from '../profiles/index.ts';
import { useTestApp } from '../testing/create-test-app.ts';
import { aChannel, aCodeRequest, deliveryOf } from '../testing/messaging.builders.ts';
import type { SendOutcome } from './channels/channel.ts';
import { outboxChannel } from './channels/outbox.ts';
import { MESSAGE_ROWS } from './moves.ts';
import { sendDueMessages } from './send-due-messages.ts';
import { queueSignInCode } from './send-sign-in-code.ts';
import { shownMessages } from './shown-messages.ts';
import { takeReceipt } from './take-receipt.ts';

const running = useTestApp();
const ACCEPTED: SendOutcome = { result: 'ACCEPTED', providerId: null, delivered: false };
const REFUSED: SendOutcome = { result: 'REFUSED', reason: 'the gateway answered 500' };
const UNCERTAIN: SendOutcome = { result: 'UNCERTAIN', reason: 'the gateway did not answer in time' };

/** Messages of other tests are not this one's: their time is over. */
async function start(request: Parameters<typeof aCodeRequest>[1] = {}) {
  const ctx = running.app.context();
  await sendDueMessages(ctx, [outboxChannel]);
  running.app.clock.advance(600_000);
  await sendDueMessages(ctx, [outboxChannel]);
  const { challengeId, event } = await aCodeRequest(ctx, request);
  await queueSignInCode(ctx, event);
  return { ctx, challengeId, event };
}

async function messageOf(ctx: Context, challengeId: string) {
  return ctx.sql
    .selectFrom('message')
    .select(['id', 'state', 'attempts', 'failure', 'provider', 'provider_id', 'sealed_text', 'sealed_to'])
    .where('about_id', '=', challengeId)
    .executeTakeFirstOrThrow();
}

test('a code is sent once, sealed at rest, and its challenge hears that it was sent', async () => {
  const { ctx, challengeId } = await start({ code: '735190', to: '+79990000001' });
  const channel = aChannel(() => ACCEPTED);
  expect(await deliveryOf(ctx, challengeId)).toBe('SENDING');
  expect(await sendDueMessages(ctx, [channel])).toBe(1);
  expect(await sendDueMessages(ctx, [channel])).toBe(0);
  const { id } = await messageOf(ctx, challengeId);
  expect(channel.sent).toEqual([
    {
      id,
      channel: 'SMS',
      to: '+79990000001',
      subject: null,
      text: 'Код 735190 — подтверждение номера в программе лояльности.',
      purpose: 'CODE',
    },
  ]);
  const row = await messageOf(ctx, challengeId);
  expect(row).toMatchObject({ state: 'SENT', attempts: 1, failure: null, provider: 'test' });
  expect(JSON.stringify(row)).not.toMatch(/735190|9990000001/);
  expect(await deliveryOf(ctx, challengeId)).toBe('SENT');
});

test('an event that comes twice, or in parallel, makes one message', async () => {
  const { ctx, event, challengeId } = await start();
  await queueSignInCode(ctx, event);
  await Promise.all(
    Array.from({ length: 5 }, () => inTransaction(running.app.context(), (tx) => queueSignInCode(tx, event))),
  );
  const rows = await ctx.sql.selectFrom('message').select('id').where('about_id', '=', challengeId).execute();
  expect(rows).toHaveLength(1);
});

test('two senders at once never take the same message', async () => {
  const { ctx } = await start();
  const channel = aChannel(() => ACCEPTED);
  const taken = await Promise.all(
    Array.from({ length: 6 }, () => sendDueMessages(running.app.context(), [channel])),
  );
  expect(taken.reduce((sum, count) => sum + count)).toBe(1);
  expect(channel.sent).toHaveLength(1);
  expect(await sendDueMessages(ctx, [channel])).toBe(0);
});

test('while the provider is called the message says so, and no transaction is open', async () => {
  const { ctx, challengeId } = await start();
  let during = '';
  const channel = aChannel(async () => {
    during = (await messageOf(running.app.context(), challengeId)).state;
    return ACCEPTED;
  });
  await sendDueMessages(ctx, [channel]);
  expect(during).toBe('SENDING');
});

test('a refusal or a timeout goes to the next provider; the first one is asked once', async () => {
  for (const outcome of [REFUSED, UNCERTAIN]) {
    const { ctx, challengeId } = await start();
    const [first, second] = [aChannel(() => outcome, 'first'), aChannel(() => ACCEPTED, 'second')];
    await sendDueMessages(ctx, [first, second]);
    expect([first.sent.length, second.sent.length]).toEqual([1, 1]);
    expect(first.sent[0]?.id).toBe(second.sent[0]?.id);
    expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'SENT', provider: 'second' });
  }
});

test('with every provider failing it is tried again a little later, five times, then the till hears it', async () => {
  const { ctx, challengeId } = await start();
  const channel = aChannel(() => REFUSED);
  await sendDueMessages(ctx, [channel]);
  expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'QUEUED', attempts: 1 });
  expect(await sendDueMessages(ctx, [channel])).toBe(0);
  for (const pause of [1_000, 2_000, 4_000, 8_000]) {
    running.app.clock.advance(pause);
    expect(await sendDueMessages(ctx, [channel])).toBe(1);
  }
  expect(await messageOf(ctx, challengeId)).toMatchObject({
    state: 'FAILED',
    attempts: 5,
    failure: 'the gateway answered 500',
  });
  expect(await deliveryOf(ctx, challengeId)).toBe('FAILED');
});

test('without any way out the code fails and says so', async () => {
  const { ctx, challengeId } = await start();
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await sendDueMessages(ctx, []);
    running.app.clock.advance(10_000);
  }
  expect(await messageOf(ctx, challengeId)).toMatchObject({
    state: 'FAILED',
    failure: 'nothing carries SMS here',
  });
});

test('a code older than two minutes is dropped, not sent', async () => {
  const { ctx, challengeId } = await start();
  running.app.clock.advance(120_000);
  const channel = aChannel(() => ACCEPTED);
  await sendDueMessages(ctx, [channel]);
  expect(channel.sent).toEqual([]);
  expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'DROPPED' });
  expect(await deliveryOf(ctx, challengeId)).toBe('FAILED');
});

test('a sender that died while sending: the code goes out again when its lease is over, not before', async () => {
  const { ctx, challengeId } = await start();
  await ctx.sql
    .updateTable('message')
    .set({ state: 'SENDING', attempts: 1, leased_until: new Date(ctx.clock.now().getTime() + 30_000) })
    .where('about_id', '=', challengeId)
    .execute();
  const channel = aChannel(() => ACCEPTED);
  expect(await sendDueMessages(ctx, [channel])).toBe(0);
  running.app.clock.advance(30_001);
  expect(await sendDueMessages(ctx, [channel])).toBe(1);
  expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'SENT', attempts: 2 });
});

test('a channel that throws harms no other channel and loses nothing', async () => {
  const { ctx, challengeId } = await start();
  const broken = {
    ...aChannel(() => ACCEPTED),
    send: () => Promise.reject(new Error('a bug in the adapter')),
  };
  const second = aChannel(() => ACCEPTED, 'second');
  await sendDueMessages(ctx, [broken, second]);
  expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'SENT', provider: 'second' });
});

test('delivery reports: early, repeated, out of order and of a provider given up on', async () => {
  const { ctx, challengeId } = await start();
  const gaveUp = aChannel(() => UNCERTAIN, 'first');
  const provider = `provider-${challengeId}`;
  const channel = aChannel(async (message) => {
    // Earlier than the answer to the call itself.
    expect(
      await takeReceipt(ctx, channel, { messageId: message.id, providerId: null, state: 'DELIVERED' }),
    ).toBe('TAKEN');
    return { ...ACCEPTED, providerId: provider };
  }, 'second');
  await sendDueMessages(ctx, [gaveUp, channel]);
  expect(await messageOf(ctx, challengeId)).toMatchObject({ state: 'DELIVERED', provider_id: provider });
  const byNumber = { messageId: null, providerId: provider };
  for (const state of ['DELIVERED', 'SENT', 'FAILED'] as const)
    expect(await takeReceipt(ctx, channel, { ...byNumber, state })).toBe('TAKEN');
  const { id } = await messageOf(ctx, challengeId);
  expect(await takeReceipt(ctx, gaveUp, { messageId: id, providerId: null, state: 'FAILED' })).toBe('TAKEN');
  expect((await messageOf(ctx, challengeId)).state).toBe('DELIVERED');
  expect(await deliveryOf(ctx, challengeId)).toBe('DELIVERED');
  const unknown = { messageId: null, providerId: 'of nobody', state: 'DELIVERED' };
  expect(await takeReceipt(ctx, channel, unknown)).toBe('UNKNOWN');
});

test('a report of failure after the provider took it is told to the till', async () => {
  const { ctx, challengeId } = await start();
  const channel = aChannel(() => ({ ...ACCEPTED, providerId: `of-${challengeId}` }));
  await sendDueMessages(ctx, [channel]);
  await takeReceipt(ctx, channel, { messageId: null, providerId: `of-${challengeId}`, state: 'FAILED' });
  expect(await deliveryOf(ctx, challengeId)).toBe('FAILED');
});

test('the outbox shows what was "sent", newest first, one recipient alone where asked', async () => {
  const { ctx, challengeId } = await start({ code: '111222', to: '+79990000011' });
  const { event } = await aCodeRequest(ctx, { code: '333444', to: '+79990000012', language: 'en' });
  await queueSignInCode(ctx, event);
  await sendDueMessages(ctx, [outboxChannel]);
  const at = ctx.clock.now().toISOString();
  const { id } = await messageOf(ctx, challengeId);
  expect(await shownMessages(ctx, '+79990000011')).toEqual([
    {
      id,
      channel: 'SMS',
      to: '+79990000011',
      subject: null,
      text: 'Код 111222 — подтверждение номера в программе лояльности.',
      at,
      purpose: 'CODE',
    },
  ]);
  const [newest] = await shownMessages(ctx, null);
  expect(newest).toMatchObject({
    to: '+79990000012',
    text: 'Code 333444 confirms your number in the loyalty program.',
  });
  expect(await deliveryOf(ctx, challengeId)).toBe('DELIVERED');
});

test('at a merge messages follow the person, found by their keys as before', async () => {
  const ctx = running.app.context();
  const [from, to] = [newId(), newId()];
  const { challengeId, event } = await aCodeRequest(ctx);
  await queueSignInCode(ctx, { ...event, profileId: from });
  const channel = aChannel(() => ({ ...ACCEPTED, providerId: `merged-${challengeId}` }));
  await sendDueMessages(ctx, [channel]);
  const { id } = await messageOf(ctx, challengeId);
  await inTransaction(ctx, (tx) => moveShopperRows(tx, MESSAGE_ROWS, from, to));
  const owner = await ctx.sql
    .selectFrom('message')
    .select('profile_id')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  expect(owner).toEqual({ profile_id: to });
  const receipt = { messageId: null, providerId: `merged-${challengeId}`, state: 'DELIVERED' };
  expect(await takeReceipt(ctx, channel, receipt)).toBe('TAKEN');
  expect((await messageOf(ctx, challengeId)).state).toBe('DELIVERED');
});
