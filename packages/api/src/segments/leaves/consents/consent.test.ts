import type { LeafArgs } from '@clientele/shared/segments';
import { expect, test } from 'vitest';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { askBothWays } from '../../../testing/asked-both-ways.ts';
import { useTestDatabase } from '../../../testing/loyalty.builders.ts';
import { aContext, aShop, type Shop } from '../../../testing/orders.builders.ts';
import { aConsentText } from '../../../testing/profiles.builders.ts';
import { aPersonWith } from '../../../testing/segments.builders.ts';

const db = useTestDatabase();

interface Said {
  granted: boolean;
  channel?: 'SMS' | 'EMAIL';
  topic?: string;
  /** Minutes after the start. */
  at?: number;
  purpose?: 'PROCESSING' | 'ADVERTISING';
}

async function say(ctx: Context, shop: Shop, profileId: string, answers: readonly Said[]): Promise<void> {
  for (const { granted, channel = null, topic = null, at = 0, purpose = 'ADVERTISING' } of answers) {
    const version = newId();
    const textId = await aConsentText(ctx, { brandId: shop.brandId, purpose, version });
    await ctx.sql
      .insertInto('consent')
      .values({
        profile_id: profileId,
        id: newId(),
        text_id: textId,
        purpose,
        version,
        channel,
        topic,
        granted,
        source: 'test',
        note: null,
        given_at: new Date(ctx.clock.now().getTime() + at * 60_000),
      })
      .execute();
  }
}

const SMS = { channel: 'SMS' } as const;
const yes = (about: Omit<Said, 'granted'> = {}): Said => ({ granted: true, ...about });
const no = (about: Omit<Said, 'granted'> = {}): Said => ({ granted: false, ...about });

async function stateOf(ctx: Context, person: string, about: { channel?: string; topic?: string }) {
  const states = ['GRANTED', 'REFUSED', 'UNASKED'] as const;
  const held: string[] = [];
  for (const state of states) {
    const asked: LeafArgs['CONSENT'] = { purpose: 'ADVERTISING', ...about, state };
    const { holds, value } = await askBothWays(ctx, person, { leaf: 'CONSENT', ...asked });
    expect(holds).toBe(value === state);
    if (holds) held.push(state);
  }
  return held.join();
}

test.each<[string, Said[], { channel?: string; topic?: string }, string]>([
  ['nobody asked', [], SMS, 'UNASKED'],
  ['yes to everything covers a channel', [yes()], SMS, 'GRANTED'],
  ['yes to one channel is none to everything', [yes(SMS)], {}, 'UNASKED'],
  ['no to one channel, after yes to all', [yes(), no({ ...SMS, at: 1 })], SMS, 'REFUSED'],
  ['the other channel stays', [yes(), no({ ...SMS, at: 1 })], { channel: 'EMAIL' }, 'GRANTED'],
  ['a newer no to all ends the yes to one', [yes(SMS), no({ at: 1 })], SMS, 'REFUSED'],
  ['told at once, the narrower counts', [yes(SMS), no()], SMS, 'GRANTED'],
  ['told at once in the other order', [no(), yes(SMS)], SMS, 'GRANTED'],
  ['a topic of its own', [no(), yes({ topic: 'NEWS', at: 1 })], { ...SMS, topic: 'NEWS' }, 'GRANTED'],
  ['another topic', [no(), yes({ topic: 'NEWS', at: 1 })], { ...SMS, topic: 'SALES' }, 'REFUSED'],
  ['another purpose', [yes({ purpose: 'PROCESSING' })], {}, 'UNASKED'],
  ['late news of an older answer', [no({ at: 5 }), yes({ at: 1 })], {}, 'REFUSED'],
])('%s', async (_name, answers, about, expected) => {
  const ctx = aContext(db.database);
  const shop = await aShop(ctx);
  const person = await aPersonWith(ctx, shop);
  await say(ctx, shop, person, answers);
  expect(await stateOf(ctx, person, about)).toBe(expected);
});

test('of several brands a yes to one is a yes, and what was told to a profile merged away counts', async () => {
  const ctx = aContext(db.database);
  const [shop, other] = [await aShop(ctx), await aShop(ctx)];
  const [person, twin] = [await aPersonWith(ctx, shop), await aPersonWith(ctx, shop)];
  await say(ctx, shop, person, [yes()]);
  await say(ctx, other, twin, [no({ at: 1 })]);
  expect(await stateOf(ctx, person, SMS)).toBe('GRANTED');
  expect(await stateOf(ctx, twin, SMS)).toBe('REFUSED');
  await ctx.sql.updateTable('profile').set({ merged_into: person }).where('id', '=', twin).execute();
  expect(await stateOf(ctx, person, SMS)).toBe('GRANTED');
  await say(ctx, shop, twin, [no({ at: 2 })]);
  expect(await stateOf(ctx, person, SMS)).toBe('REFUSED');
});
