import { expect, test } from 'vitest';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, lastCode } from '../../testing/profiles.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';
import { markCodeDelivery } from './mark-code-delivery.ts';

const it = useTestApp();

const code = (challengeId: string) =>
  lastCode(it.app.context(), localId(challengeId, 'ShopperChallenge') ?? '');

function refused(path: string) {
  return { __typename: 'InvalidInput', problems: [{ path: [path], code: 'UNKNOWN' }] };
}

test('after a minute another code by another channel; the one before is worth nothing', async () => {
  const { token } = await aCashier(it.app.context());
  const { id } = await ask(it.app, token, 'identify', { phone: aPhone() });
  const first = await code(id);
  const early = it.app.clock.now().getTime();
  expect(await ask(it.app, token, 'resend', { challengeId: id, channel: 'VIBER' })).toEqual({
    __typename: 'TooManyCodes',
    retryAt: new Date(early + 60_000).toISOString(),
  });
  it.app.clock.advance(60_000);
  const now = it.app.clock.now().getTime();
  expect(await ask(it.app, token, 'resend', { challengeId: id, channel: 'VIBER' })).toMatchObject({
    __typename: 'ShopperChallenge',
    id,
    channel: 'VIBER',
    otherChannels: ['SMS'],
    delivery: 'SENDING',
    attemptsLeft: 5,
    expiresAt: new Date(now + 300_000).toISOString(),
  });
  const second = await code(id);
  if (first !== second)
    expect(await ask(it.app, token, 'confirm', { challengeId: id, code: first })).toMatchObject({
      __typename: 'WrongCode',
    });
  expect(await ask(it.app, token, 'confirm', { challengeId: id, code: second })).toMatchObject({
    __typename: 'ShopperVisit',
    verified: true,
  });
});

test('a challenge that was confirmed answers with its visit', async () => {
  const { token } = await aCashier(it.app.context());
  const { id } = await ask(it.app, token, 'identify', { phone: aPhone() });
  const visit = await ask(it.app, token, 'confirm', { challengeId: id, code: await code(id) });
  it.app.clock.advance(60_000);
  expect(await ask(it.app, token, 'resend', { challengeId: id })).toMatchObject({
    __typename: 'ShopperVisit',
    id: visit.id,
  });
});

test('a channel that leads nowhere and another till’s challenge are refused', async () => {
  const { token } = await aCashier(it.app.context());
  const other = await aCashier(it.app.context());
  const { id } = await ask(it.app, token, 'identify', { phone: aPhone() });
  expect(await ask(it.app, token, 'resend', { challengeId: id, channel: 'EMAIL' })).toEqual(
    refused('channel'),
  );
  for (const [caller, challengeId] of [
    [other.token, id],
    [token, globalId('ShopperChallenge', newId())],
    [token, globalId('Profile', newId())],
    [token, 'junk'],
  ] as const)
    expect(await ask(it.app, caller, 'resend', { challengeId })).toEqual(refused('challengeId'));
});

test('the screen learns how far the message got; late news takes nothing back', async () => {
  const { token } = await aCashier(it.app.context());
  const phone = aPhone();
  const { id } = await ask(it.app, token, 'identify', { phone });
  const local = localId(id, 'ShopperChallenge') ?? '';
  const seen: unknown[] = [];
  for (const state of ['SENT', 'DELIVERED', 'SENT', 'FAILED'] as const) {
    await markCodeDelivery(it.app.context(), local, state);
    seen.push((await ask(it.app, token, 'identify', { phone }))['delivery']);
  }
  expect(seen).toEqual(['SENT', 'DELIVERED', 'DELIVERED', 'DELIVERED']);
  const node = await it.app.graphql({
    query: 'query ($id: ID!) { node(id: $id) { ... on ShopperChallenge { delivery } } }',
    variables: { id },
    token,
  });
  expect(node.data).toEqual({ node: { delivery: 'DELIVERED' } });
});
