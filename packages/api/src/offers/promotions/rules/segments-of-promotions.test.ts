import { expect, test } from 'vitest';
import { InvalidInput } from '../../../platform/errors.ts';
import { globalId } from '../../../platform/graphql/global-id.ts';
import { newId } from '../../../platform/ids.ts';
import { aBrand } from '../../../testing/company.builders.ts';
import { useTestApp } from '../../../testing/create-test-app.ts';
import { refusal } from '../../../testing/orders.builders.ts';
import { aPromotion, promotionRules } from '../../../testing/promotions.builders.ts';
import { aSegmentOf } from '../../../testing/segments-of-people.builders.ts';
import { aSession } from '../../../testing/staff.builders.ts';
import { asSystem } from '../../../testing/company.builders.ts';
import { promotionsUsingSegments } from './segment-uses.ts';
import { setPromotionState } from '../set-promotion-state.ts';

const it = useTestApp();

const anybody = promotionRules().audience;
const forSegments = (...segmentIds: string[]) => ({ ...anybody, who: 'CHOSEN' as const, segmentIds });
const exceptSegments = (...segmentIds: string[]) => ({ ...anybody, except: { tags: [], segmentIds } });

test('a promotion is published when it is known who is in its segments', async () => {
  const ctx = asSystem(it.app.context());
  const brandId = await aBrand(ctx);
  const live = await aSegmentOf(ctx, []);
  const changing = await aSegmentOf(ctx, [], { state: 'COMPUTING' });
  const others = [
    await aSegmentOf(ctx, [], { state: 'COMPUTING', computed: false }),
    await aSegmentOf(ctx, [], { state: 'NEEDS_ATTENTION' }),
    await aSegmentOf(ctx, [], { state: 'ARCHIVED' }),
    newId(),
    'no id',
  ];
  const rules = { audience: { ...forSegments(live, ...others), except: { tags: [], segmentIds: others } } };
  const id = await aPromotion(ctx, { brandId, state: 'DRAFT', rules });
  const refused = await refusal(setPromotionState(ctx, { id, version: 1, state: 'LIVE' }));
  expect(refused).toBeInstanceOf(InvalidInput);
  expect((refused as InvalidInput).problems.map(({ path, code }) => `${path.join('.')} ${code}`)).toEqual([
    'rules.audience.segmentIds.1 MISMATCH',
    'rules.audience.segmentIds.2 MISMATCH',
    'rules.audience.segmentIds.3 UNKNOWN',
    'rules.audience.segmentIds.4 UNKNOWN',
    'rules.audience.segmentIds.5 UNKNOWN',
    'rules.audience.except.segmentIds.0 MISMATCH',
    'rules.audience.except.segmentIds.1 MISMATCH',
    'rules.audience.except.segmentIds.2 UNKNOWN',
    'rules.audience.except.segmentIds.3 UNKNOWN',
    'rules.audience.except.segmentIds.4 UNKNOWN',
  ]);
  await aPromotion(ctx, { brandId, rules: { audience: forSegments(live, changing) } });
});

test('a segment is kept by promotions that shoppers may meet, to let in or leave out; not by drafts and ended ones', async () => {
  const ctx = asSystem(it.app.context());
  const brandId = await aBrand(ctx);
  const [segment, free] = [await aSegmentOf(ctx, []), await aSegmentOf(ctx, [])];
  const audience = forSegments(segment);
  const live = await aPromotion(ctx, { brandId, name: 'Б', rules: { audience } });
  const paused = await aPromotion(ctx, { brandId, name: 'А', rules: { audience: exceptSegments(segment) } });
  await setPromotionState(ctx, { id: paused, version: 2, state: 'PAUSED' });
  const ended = await aPromotion(ctx, { brandId, rules: { audience } });
  await setPromotionState(ctx, { id: ended, version: 2, state: 'ENDED' });
  await aPromotion(ctx, { brandId, state: 'DRAFT', rules: { audience } });
  expect(await promotionsUsingSegments(ctx, [segment, free])).toEqual([
    { segmentId: segment, id: paused, name: 'А' },
    { segmentId: segment, id: live, name: 'Б' },
  ]);
  const { session } = await aSession(ctx, ['MARKETER']);
  const { data } = await it.app.graphql({
    query: `mutation ($id: ID!) { archiveSegment(id: $id, version: 1) { __typename
      ... on SegmentInUse { uses { kind id name } } } }`,
    variables: { id: globalId('Segment', segment) },
    session,
  });
  expect(data).toEqual({
    archiveSegment: {
      __typename: 'SegmentInUse',
      uses: [
        { kind: 'PROMOTION', id: globalId('Promotion', paused), name: 'А' },
        { kind: 'PROMOTION', id: globalId('Promotion', live), name: 'Б' },
      ],
    },
  });
});

test('over GraphQL segments go by the ids of the API, both ways', async () => {
  const ctx = asSystem(it.app.context());
  const brandId = await aBrand(ctx);
  const [one, other] = [await aSegmentOf(ctx, []), await aSegmentOf(ctx, [])];
  const rules = promotionRules({
    audience: {
      ...forSegments(globalId('Segment', one)),
      except: { tags: [], segmentIds: [globalId('Segment', other)] },
    },
  });
  const { session } = await aSession(ctx, ['MARKETER']);
  const { data } = await it.app.graphql({
    query: `mutation ($input: CreatePromotionInput!) { createPromotion(input: $input) {
      ... on PromotionSaved { promotion { rules } } ... on InvalidInput { problems { path code } } } }`,
    variables: { input: { brandId: globalId('Brand', brandId), name: 'С', title: 'С', rules } },
    session,
  });
  expect(data).toEqual({ createPromotion: { promotion: { rules } } });
  const stored = await ctx.sql.selectFrom('promotion_revision').select('rules').execute();
  expect(stored.map((row) => row.rules.audience)).toContainEqual({
    ...forSegments(one),
    except: { tags: [], segmentIds: [other] },
  });
});
