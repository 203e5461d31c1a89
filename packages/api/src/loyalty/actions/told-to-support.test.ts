import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { E12_ACTIONS, theOnlyShop } from '../../testing/actions.builders.ts';
import { anEvent, recordAs } from '../../testing/activity.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { tellEvents } from '../../testing/events.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aRecord, record } from '../../testing/records.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';
import { aLadder } from '../../testing/tiers.builders.ts';

const it = useTestApp();

const QUERY = `query ($id: ID!) { node(id: $id) { ... on Profile {
  timeline(kinds: [ACTION, TIER]) { edges { node { kind facts } } }
  accounts { program { id } actions(first: 5) { rule name points wanted reason limit takenBack explanation occurredAt }
    entries { edges { node { kind points reason } } } } } } }`;

interface Answer {
  node: {
    timeline: { edges: { node: { kind: string; facts: Record<string, unknown> } }[] };
    accounts: { program: { id: string }; actions: unknown[]; entries: { edges: { node: unknown }[] } }[];
  };
}

test('support reads what an action brought, why another brought nothing, and how the tier came', async () => {
  const ctx = it.app.context();
  const shop = await theOnlyShop(ctx, { actions: E12_ACTIONS, tiers: aLadder() });
  const shopper = await aShopper(ctx);
  const lines = [{ sku: 'goods', quantity: '1', unitPrice: '12000.00' }];
  await record(ctx, 'web', aRecord(shop, { profile: { phone: shopper.phone }, lines }));
  const review = () => anEvent(ctx, { kind: 'REVIEW_APPROVED', profile: { phone: shopper.phone } });
  await recordAs(ctx, 'site', review(), review());
  await tellEvents(it.app);
  const { session } = await aSession(ctx, ['SUPPORT']);
  const { data, errors } = await it.app.graphql<Answer>({
    query: QUERY,
    variables: { id: globalId('Profile', shopper.id) },
    session,
  });
  expect(errors).toBeUndefined();
  const account = data?.node.accounts.find(
    ({ program }) => program.id === globalId('Program', shop.programId),
  );
  const occurredAt = '2026-11-22T08:00:00.000Z';
  const rule = { rule: 'review', name: 'Отзыв', wanted: 50, limit: null, takenBack: 0, occurredAt };
  expect(account?.actions).toEqual([
    { ...rule, points: 0, reason: 'AT_MOST', explanation: 'Баллы за это начисляются не так часто' },
    { ...rule, points: 50, reason: null, explanation: 'Баллы начислены' },
  ]);
  expect(account?.entries.edges.map(({ node }) => node)).toEqual([
    { kind: 'EARN', points: 50, reason: 'Отзыв' },
    { kind: 'EARN', points: 360, reason: 'Начислены за покупку' },
  ]);
  expect(data?.node.timeline.edges.map(({ node }) => node)).toEqual([
    {
      kind: 'ACTION',
      facts: expect.objectContaining({ name: 'Отзыв', points: 0, reason: 'AT_MOST' }) as unknown,
    },
    {
      kind: 'ACTION',
      facts: expect.objectContaining({ name: 'Отзыв', points: 50, reason: null }) as unknown,
    },
    {
      kind: 'TIER',
      facts: expect.objectContaining({ from: null, to: 'silver', reason: 'PURCHASE' }) as unknown,
    },
  ]);
});
