import { expect, test } from 'vitest';
import { writeSetting } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { newId } from '../../../platform/ids.ts';
import { asActor } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { aProgram, LedgerOf, ledgerViolations } from '../../../testing/loyalty.builders.ts';
import { aShopper } from '../../../testing/profiles.builders.ts';
import { aSession, staffActor } from '../../../testing/staff.builders.ts';
import { adjustPoints, type AdjustPoints } from '../../account/adjust-points.ts';
import { ApprovalRequired, CorrectionClosed, OwnCorrection } from '../../loyalty.errors.ts';
import { correctionRules, editCorrectionRules } from './correction-rules.ts';
import { approveCorrection, refuseCorrection, withdrawCorrection } from './decide-correction.ts';
import { countWaiting, listCorrections } from './list-corrections.ts';

const it = useTestApp();
const DAY = 86_400_000;

/** Support who corrects, a marketer who approves, a shopper with 100 points. */
async function aDesk(rules: Partial<typeof correctionRules.initial> = { approveAbove: 1_000 }) {
  const ctx = it.app.context();
  await writeSetting(ctx, correctionRules, { ...correctionRules.initial, ...rules });
  const programId = await aProgram(ctx);
  const shopper = await aShopper(ctx);
  const ledger = new LedgerOf(ctx.sql, shopper.id, programId);
  await ledger.earn({ points: 100, now: ctx.clock.now().toISOString() });
  const support = asActor(ctx, await staffActor(ctx, ['SUPPORT'], { name: 'Вера' }));
  const marketer = asActor(ctx, await staffActor(ctx, ['MARKETER'], { name: 'Марк' }));
  const adjust = (points: number, facts: Partial<AdjustPoints> = {}, by: Context = support) =>
    adjustPoints(by, {
      requestId: newId(),
      profileId: shopper.id,
      programId,
      points,
      reason: 'извинение',
      reasonCode: 'GOODWILL',
      ...facts,
    });
  /** @returns the correction that waits */
  const ask = async (points: number, facts: Partial<AdjustPoints> = {}) => {
    const refused = await adjust(points, facts).catch((error: unknown) => error);
    if (!(refused instanceof ApprovalRequired)) throw refused;
    return refused.correctionId;
  };
  const list = async (by: Context = marketer) =>
    (await listCorrections(by, { profileId: shopper.id })).edges.map(({ node }) => node);
  return { ctx, shopper, ledger, support, marketer, adjust, ask, list, programId };
}

test('within the limit it is posted at once and stands in the list with who and why', async () => {
  const { ctx, adjust, ledger, list } = await aDesk();
  await adjust(1_000);
  expect(await ledger.balance()).toMatchObject({ active: 1_100 });
  expect(await list()).toMatchObject([
    {
      points: 1_000,
      reason: 'извинение',
      reasonCode: 'GOODWILL',
      state: 'DONE',
      needs: null,
      requesterName: 'Вера',
      deciderName: null,
      requestedAt: ctx.clock.now(),
    },
  ]);
});

test('above it waits: another person sees it, approves it, and the points are there', async () => {
  const { ctx, ask, ledger, list, marketer, support } = await aDesk();
  const before = await countWaiting(marketer);
  const correctionId = await ask(1_001);
  expect(await ledger.balance()).toMatchObject({ active: 100 });
  expect([await countWaiting(marketer), await countWaiting(support)]).toEqual([before + 1, before]);
  const notified = await ctx.sql
    .selectFrom('notification')
    .select(['kind', 'link'])
    .where('staff_id', '=', marketer.actor.id)
    .execute();
  expect(notified).toEqual([{ kind: 'correction.waiting', link: '/loyalty/corrections' }]);
  const decided = await approveCorrection(marketer, { correctionId, note: 'проверено' });
  expect(decided.correction).toMatchObject({
    state: 'DONE',
    needs: 'SUM',
    deciderName: 'Марк',
    note: 'проверено',
    decidedAt: ctx.clock.now(),
  });
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST 1001']);
  const journal = await ctx.sql
    .selectFrom('loyalty_journal')
    .select(['actor', 'reason', 'request_id'])
    .where('profile_id', '=', ledger.profileId)
    .where('kind', '=', 'ADJUST')
    .executeTakeFirstOrThrow();
  expect(journal).toEqual({
    actor: `staff:${support.actor.id}`,
    reason: 'извинение',
    request_id: `correction:${correctionId}`,
  });
  expect(await list()).toHaveLength(1);
  const answers = await ctx.sql
    .selectFrom('notification')
    .select(['kind', 'facts'])
    .where('staff_id', '=', support.actor.id)
    .execute();
  expect(answers).toEqual([{ kind: 'correction.approved', facts: { points: 1_001 } }]);
});

test('nobody approves their own, whatever their role', async () => {
  const { ctx, ledger, shopper, programId } = await aDesk();
  const owner = asActor(ctx, await staffActor(ctx, ['OWNER']));
  const refused = await adjustPoints(owner, {
    requestId: newId(),
    profileId: shopper.id,
    programId,
    points: 5_000,
    reason: 'себе',
  }).catch((error: unknown) => error);
  if (!(refused instanceof ApprovalRequired)) throw refused;
  const { correctionId } = refused;
  await expect(approveCorrection(owner, { correctionId })).rejects.toBeInstanceOf(OwnCorrection);
  await expect(refuseCorrection(owner, { correctionId, note: 'нет' })).rejects.toBeInstanceOf(OwnCorrection);
  expect(await ledger.history()).toEqual(['EARN 100']);
});

test('ten approve at once: the points come once', async () => {
  const { ctx, ask, ledger } = await aDesk();
  const correctionId = await ask(2_000);
  const owners = await Promise.all(
    Array.from({ length: 10 }, async () => asActor(it.app.context(), await staffActor(ctx, ['OWNER']))),
  );
  const outcomes = await Promise.allSettled(
    owners.map((owner) => approveCorrection(owner, { correctionId })),
  );
  const refusals = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason as unknown] : [],
  );
  expect(refusals).toHaveLength(9);
  expect(refusals.every((error) => error instanceof CorrectionClosed && error.state === 'DONE')).toBe(true);
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST 2000']);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

test('an approval that cannot be posted leaves it waiting: points that are gone, a blocked account', async () => {
  const { ctx, ask, list, ledger, marketer, shopper } = await aDesk();
  const correctionId = await ask(-1_500);
  await expect(approveCorrection(marketer, { correctionId })).rejects.toMatchObject({
    code: 'InsufficientPoints',
    available: 100,
    requested: 1_500,
  });
  const block = (status: 'BLOCKED' | 'ACTIVE') =>
    ctx.sql.updateTable('loyalty_account').set({ status }).where('profile_id', '=', shopper.id).execute();
  await block('BLOCKED');
  await expect(approveCorrection(marketer, { correctionId })).rejects.toMatchObject({
    code: 'AccountBlocked',
  });
  await block('ACTIVE');
  expect(await list()).toMatchObject([{ state: 'WAITING' }]);
  expect(await ledger.history()).toEqual(['EARN 100']);
});

test('the same request again waits still, and after the approval is answered as done', async () => {
  const { ask, adjust, marketer, ledger, list } = await aDesk();
  const requestId = newId();
  const correctionId = await ask(1_500, { requestId });
  expect(await ask(1_500, { requestId })).toBe(correctionId);
  expect(await list()).toHaveLength(1);
  await approveCorrection(marketer, { correctionId });
  expect(await adjust(1_500, { requestId })).toMatchObject({ __typename: 'PointsAdjusted' });
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST 1500']);
});

test('refused with a reason, withdrawn by who asked, and neither can be decided again', async () => {
  const { ask, marketer, support, list } = await aDesk();
  const [one, two] = [await ask(1_500), await ask(1_600)];
  await expect(refuseCorrection(marketer, { correctionId: one, note: ' ' })).rejects.toMatchObject({
    problems: [{ path: ['note'], code: 'REQUIRED' }],
  });
  await refuseCorrection(marketer, { correctionId: one, note: 'нет чека' });
  await withdrawCorrection(support, { correctionId: two });
  expect((await list()).map(({ state, note }) => [state, note])).toEqual([
    ['WITHDRAWN', null],
    ['REFUSED', 'нет чека'],
  ]);
  await expect(approveCorrection(marketer, { correctionId: one })).rejects.toMatchObject({
    state: 'REFUSED',
  });
  await expect(withdrawCorrection(support, { correctionId: one })).rejects.toMatchObject({
    state: 'REFUSED',
  });
  const other = asActor(it.app.context(), await staffActor(it.app.context(), ['SUPPORT']));
  const three = await ask(1_700);
  await expect(withdrawCorrection(other, { correctionId: three })).rejects.toMatchObject({
    problems: [{ path: ['correctionId'], code: 'UNKNOWN' }],
  });
});

test('what waits too long cannot be approved any more', async () => {
  const { ask, marketer, list } = await aDesk({ approveAbove: 1_000, waitDays: 2 });
  const correctionId = await ask(1_500);
  it.app.clock.advance(2 * DAY);
  expect(await list()).toMatchObject([{ state: 'EXPIRED' }]);
  await expect(approveCorrection(marketer, { correctionId })).rejects.toMatchObject({ state: 'EXPIRED' });
});

test('a person’s day: small ones add up, plus and minus, and the next day begins anew', async () => {
  const { adjust, ask, marketer, ledger, list } = await aDesk({ approveAbove: null, perDay: 100 });
  await adjust(60);
  await adjust(-40);
  const correctionId = await ask(1);
  expect(await list()).toMatchObject([{ needs: 'PER_DAY', state: 'WAITING' }, {}, {}]);
  await approveCorrection(marketer, { correctionId });
  // What a second person approved is not counted against the first one's day.
  it.app.clock.advance(DAY);
  await adjust(100);
  expect(await ledger.balance()).toMatchObject({ active: 221 });
});

test('two windows of one person at once stay within the day', async () => {
  const { adjust, ledger } = await aDesk({ approveAbove: null, perDay: 100 });
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => adjust(30)));
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
  expect(await ledger.balance()).toMatchObject({ active: 190 });
});

test('limits are set by who writes the program, checked, and audited', async () => {
  const { ctx, marketer, support } = await aDesk();
  const rules = { approveAbove: 500, perDay: null, waitDays: 3 };
  await editCorrectionRules(marketer, rules);
  await expect(editCorrectionRules(support, rules)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await expect(
    editCorrectionRules(marketer, { approveAbove: -1, perDay: -5, waitDays: 0 }),
  ).rejects.toMatchObject({
    problems: [
      { path: ['approveAbove'], code: 'RANGE' },
      { path: ['perDay'], code: 'RANGE' },
      { path: ['waitDays'], code: 'RANGE' },
    ],
  });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('action', '=', 'correction-rules.edited')
    .where('actor_id', '=', marketer.actor.id)
    .execute();
  expect(audited).toEqual([
    { facts: { before: { approveAbove: 1_000, waitDays: 7 }, after: { approveAbove: 500, waitDays: 3 } } },
  ]);
});

test('over GraphQL: asked, listed, approved; store managers see none', async () => {
  const { ctx, shopper } = await aDesk();
  const [support, marketer] = [await aSession(ctx, ['SUPPORT']), await aSession(ctx, ['MARKETER'])];
  const { globalId } = await import('../../../platform/graphql/global-id.ts');
  const programId = globalId('Program', (await aDeskProgram(ctx, shopper.id)) ?? '');
  const asked = await it.app.graphql<{ adjustPoints: { correctionId: string } }>({
    query: `mutation ($input: AdjustPointsInput!) { adjustPoints(input: $input) { __typename
      ... on ApprovalRequired { code requestId correctionId } } }`,
    variables: {
      input: {
        requestId: 'one',
        profile: { id: globalId('Profile', shopper.id) },
        programId,
        points: 4_000,
        reason: 'обещали',
        reasonCode: 'PROMISE',
      },
    },
    session: support.session,
  });
  expect(asked.data?.adjustPoints).toMatchObject({ __typename: 'ApprovalRequired', requestId: 'one' });
  const list = async (session: string) =>
    (
      await it.app.graphql<{ corrections: { edges: { node: object }[] } }>({
        query: `query ($profileId: ID!) { corrections(states: [WAITING], profileId: $profileId) { edges { node {
          id points reason reasonCode needs mine requestedBy state profile { id } program { name } } } } }`,
        variables: { profileId: globalId('Profile', shopper.id) },
        session,
      })
    ).data?.corrections.edges.map(({ node }) => node);
  expect(await list(support.session)).toMatchObject([{ points: 4_000, mine: true, needs: 'SUM' }]);
  expect(await list(marketer.session)).toMatchObject([{ mine: false, reasonCode: 'PROMISE' }]);
  const manager = await aSession(ctx, ['STORE_MANAGER'], { storeIds: [await aStoreId(ctx)] });
  expect(await list(manager.session)).toEqual([]);
  const approved = await it.app.graphql({
    query: `mutation ($id: ID!) { approveCorrection(input: { correctionId: $id }) { __typename
      ... on CorrectionDecided { correction { state decidedBy } } } }`,
    variables: { id: asked.data?.adjustPoints.correctionId },
    session: marketer.session,
  });
  expect(approved.data).toMatchObject({
    approveCorrection: { __typename: 'CorrectionDecided', correction: { state: 'DONE' } },
  });
});

async function aDeskProgram(ctx: Context, profileId: string): Promise<string | undefined> {
  const row = await ctx.sql
    .selectFrom('loyalty_account')
    .select('program_id')
    .where('profile_id', '=', profileId)
    .executeTakeFirst();
  return row?.program_id;
}

async function aStoreId(ctx: Context): Promise<string> {
  const { aShop } = await import('../../../testing/orders.builders.ts');
  return (await aShop(asActor(ctx, (await import('../../../company/index.ts')).SYSTEM_ACTOR))).storeId;
}
