import { expect, it } from 'vitest';
import { writeSetting } from '../../company/index.ts';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aCashier, aKey } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aProgram, LedgerOf, ledgerViolations } from '../../testing/loyalty.builders.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { correctionRules } from '../oversight/corrections/correction-rules.ts';

const test = useTestApp();
const NOW = '2026-11-22T09:00:00.000Z';

const ADJUST = `mutation ($input: AdjustPointsInput!) { adjustPoints(input: $input) { __typename
  ... on PointsAdjusted { account { active pending nextActivation { points at } nextExpiry { points at } } }
  ... on Refusal { code }
  ... on InsufficientPoints { requested available max limits { code max } }
  ... on InvalidInput { problems { path code } } } }`;

async function aDesk() {
  const ctx = test.app.context();
  const programId = await aProgram(ctx);
  const shopper = await aShopper(ctx);
  const { token } = await aKey(ctx);
  const ledger = new LedgerOf(ctx.sql, shopper.id, programId);
  await ledger.earn({ points: 100, now: NOW });
  const adjust = async (input: Record<string, unknown>) => {
    const answer = await test.app.graphql<{ adjustPoints: Record<string, unknown> }>({
      query: ADJUST,
      variables: {
        input: {
          requestId: newId(),
          profile: { phone: shopper.phone },
          programId: globalId('Program', programId),
          reason: 'goodwill',
          ...input,
        },
      },
      token,
    });
    expect(answer.errors).toBeUndefined();
    return answer.data?.adjustPoints;
  };
  return { ctx, programId, shopper, ledger, adjust };
}

it('adds points at once, or from a date and until a date', async () => {
  const { adjust, ledger } = await aDesk();
  expect(await adjust({ points: 20 })).toMatchObject({
    __typename: 'PointsAdjusted',
    account: { active: 120 },
  });
  expect(
    await adjust({ points: 30, activateAt: '2026-11-25T00:00:00Z', expireAt: '2026-12-25T00:00:00Z' }),
  ).toMatchObject({
    account: { active: 120, pending: 30, nextActivation: { points: 30, at: '2026-11-25T00:00:00.000Z' } },
  });
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST 20', 'ADJUST 30']);
});

it('takes points, never below zero', async () => {
  const { adjust, ledger, ctx } = await aDesk();
  expect(await adjust({ points: -101 })).toEqual({
    __typename: 'InsufficientPoints',
    code: 'InsufficientPoints',
    requested: 101,
    available: 100,
    max: 100,
    limits: [{ code: 'BALANCE', max: 100 }],
  });
  expect(await adjust({ points: -100 })).toMatchObject({ account: { active: 0 } });
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST -100']);
  expect(await ledgerViolations(ctx.sql)).toEqual([]);
});

it('answers a repeat as the first time, refuses other content, and a refusal leaves the key free', async () => {
  const { adjust, ledger } = await aDesk();
  const requestId = newId();
  expect(await adjust({ requestId, points: -500 })).toMatchObject({ code: 'InsufficientPoints' });
  expect(await adjust({ requestId, points: 5 })).toMatchObject({ account: { active: 105 } });
  expect(await adjust({ requestId, points: 5 })).toMatchObject({ account: { active: 105 } });
  expect(await adjust({ requestId, points: 6 })).toEqual({
    __typename: 'IdempotencyConflict',
    code: 'IdempotencyConflict',
  });
  expect(await ledger.history()).toEqual(['EARN 100', 'ADJUST 5']);
});

it.each([
  [{ points: 0 }, 'points', 'RANGE'],
  [{ points: 5, reason: '  ' }, 'reason', 'REQUIRED'],
  [{ points: -5, expireAt: '2027-01-01T00:00:00Z' }, 'expireAt', 'MISMATCH'],
  [{ points: -5, activateAt: '2027-01-01T00:00:00Z' }, 'activateAt', 'MISMATCH'],
  [{ points: 5, expireAt: '2026-11-22T09:00:00Z' }, 'expireAt', 'RANGE'],
  [{ points: 5, activateAt: '2026-12-01T00:00:00Z', expireAt: '2026-12-01T00:00:00Z' }, 'expireAt', 'RANGE'],
  [{ points: 5, programId: 'nonsense' }, 'programId', 'UNKNOWN'],
  [{ points: 5, profile: { phone: '+79120000000' } }, 'profile', 'UNKNOWN'],
])('refuses %j by its path', async (input, path, code) => {
  const { adjust, ledger } = await aDesk();
  expect(await adjust(input)).toMatchObject({
    __typename: 'InvalidInput',
    problems: [{ path: [path], code }],
  });
  expect(await ledger.history()).toEqual(['EARN 100']);
});

it('needs no program where there is only one, and asks which where there are several', async () => {
  const { adjust } = await aDesk();
  await aProgram(test.app.context());
  expect(await adjust({ points: 5, programId: null })).toMatchObject({
    problems: [{ path: ['programId'], code: 'REQUIRED' }],
  });
});

it('needs a second person above the limit, and is refused on a blocked account', async () => {
  const { adjust, ctx, shopper } = await aDesk();
  await writeSetting(ctx, correctionRules, { ...correctionRules.initial, approveAbove: 1000 });
  expect(await adjust({ points: 1001 })).toMatchObject({ code: 'ApprovalRequired' });
  expect(await adjust({ points: -1001 })).toMatchObject({ code: 'ApprovalRequired' });
  await writeSetting(ctx, correctionRules, correctionRules.initial);
  await ctx.sql
    .updateTable('loyalty_account')
    .set({ status: 'BLOCKED' })
    .where('profile_id', '=', shopper.id)
    .execute();
  expect(await adjust({ points: 5 })).toMatchObject({ code: 'AccountBlocked' });
});

it('names who did it and why, and is audited', async () => {
  const { adjust, ctx, shopper } = await aDesk();
  await adjust({ points: 7, reason: ' forgotten card ' });
  const journal = await ctx.sql
    .selectFrom('loyalty_journal')
    .select(['actor', 'reason'])
    .where('profile_id', '=', shopper.id)
    .where('kind', '=', 'ADJUST')
    .executeTakeFirstOrThrow();
  expect(journal).toEqual({ actor: expect.stringMatching(/^key:/), reason: 'forgotten card' });
  const entries = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('action', '=', 'points.adjusted')
    .where('subject', '=', `profile:${shopper.id}`)
    .execute();
  expect(entries).toMatchObject([{ facts: { points: 7, reason: 'forgotten card' } }]);
});

it('is not for cashiers', async () => {
  const { shopper } = await aDesk();
  const { token } = await aCashier(test.app.context());
  const answer = await test.app.graphql({
    query: ADJUST,
    variables: { input: { requestId: newId(), profile: { phone: shopper.phone }, points: 5, reason: 'x' } },
    token,
  });
  expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['FORBIDDEN']);
});
