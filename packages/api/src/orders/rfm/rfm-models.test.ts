import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aBuyer, ago, BOUNDS } from '../../testing/models.builders.ts';
import { aShop } from '../../testing/orders.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { computeRfm } from './compute-rfm.ts';
import { quintileBounds } from './count-rfm.ts';
import { readRfmModels } from './read-rfm-models.ts';
import { saveRfmModel } from './save-rfm-model.ts';

const it = useTestApp();
const ALWAYS = { kind: 'ALWAYS' } as const;

async function aCompany() {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  return { ctx, shop, marketer: asActor(ctx, await staffActor(ctx, ['MARKETER'])) };
}

test('fifths: equal values share a score, the lowest number of orders scores 1, the latest day 5', async () => {
  const { ctx, shop } = await aCompany();
  // Ten buyers of a window long ago: seven bought once, on its last day; the others more often, and before.
  const days = [...Array.from({ length: 7 }, () => [1]), [10, 20], [30, 40], [50, 60, 70]];
  for (const bought of days) {
    await aBuyer(
      ctx,
      shop,
      bought.map((day) => ({ daysAgo: 2_000 + day })),
    );
  }
  const window = {
    kind: 'ABSOLUTE',
    from: ago(ctx, 2_100).toISOString(),
    to: ago(ctx, 2_000).toISOString(),
  } as const;
  const { recency, frequency, monetary } = await quintileBounds(ctx, { window, currency: 'RUB' });
  expect(recency).toEqual([1, 1, 1, 10]);
  expect(frequency).toEqual([2, 2, 2, 3]);
  expect(monetary).toEqual([100_001, 100_001, 100_001, 200_001]);
});

test('a model of fifths is counted in the background: its cells add up to everybody who bought', async () => {
  const { ctx, shop, marketer } = await aCompany();
  const days = [[1], [2, 9], [3], [44, 45, 46], [90], [91], [400, 20], [15], [16], [17]];
  for (const bought of days) {
    await aBuyer(
      ctx,
      shop,
      bought.map((daysAgo) => ({ daysAgo })),
    );
  }
  await aBuyer(ctx, shop, [{ daysAgo: 500 }]);
  const window = { kind: 'ROLLING', days: 450 } as const;
  const id = await saveRfmModel(marketer, {
    name: 'Год с лишним',
    window,
    method: 'QUINTILES',
    currency: 'RUB',
  });
  expect((await readRfmModels(ctx, [id]))[0]).toMatchObject({ scale: null, cells: [], version: 1 });
  await runTasks(ctx);
  const [model] = await readRfmModels(ctx, [id]);
  const { rows } = await it.app.database.pool.query(
    `select count(distinct profile_id)::int as buyers, sum(to_pay)::int as paid from orders where occurred_at > $1`,
    [ago(ctx, 450)],
  );
  const cells = model?.cells ?? [];
  expect(model).toMatchObject({
    taskId: null,
    computedAt: ctx.clock.now(),
    scale: { window, currency: 'RUB' },
  });
  expect({
    buyers: cells.reduce((all, { people }) => all + people, 0),
    paid: cells.reduce((all, { sum }) => all + sum, 0),
  }).toEqual(rows[0]);
});

test('thresholds hold as they are; a change is scored by the new ones only when it is counted', async () => {
  const { ctx, shop, marketer } = await aCompany();
  await aBuyer(ctx, shop, [{ daysAgo: 40 }]);
  const thresholds = {
    recency: [...BOUNDS.recency],
    frequency: [...BOUNDS.frequency],
    monetary: ['1000.00', '3000.00', '5000.00', '9000.00'],
  };
  const content = { name: shop.storeCode, window: ALWAYS, method: 'THRESHOLDS', currency: 'RUB' } as const;
  const id = await saveRfmModel(marketer, { ...content, thresholds });
  await computeRfm(ctx, id);
  const before = (await readRfmModels(ctx, [id]))[0]?.scale;
  expect(before).toEqual({ window: ALWAYS, currency: 'RUB', bounds: BOUNDS });
  const wider = { ...thresholds, recency: [50, 100, 150, 200] };
  await saveRfmModel(marketer, { ...content, id, version: 1, thresholds: wider });
  expect((await readRfmModels(ctx, [id]))[0]).toMatchObject({ scale: before, version: 2 });
  await runTasks(ctx);
  const [after] = await readRfmModels(ctx, [id]);
  expect(after?.scale?.bounds.recency).toEqual([50, 100, 150, 200]);
  await expect(saveRfmModel(marketer, { ...content, id, version: 1, thresholds })).rejects.toMatchObject({
    version: 2,
  });
});

test.each<[string, object, string[]]>([
  ['no window', { window: undefined }, ['window']],
  ['a month', { window: { kind: 'CALENDAR', unit: 'MONTH' } }, ['window.kind']],
  ['a window that ended', { window: { kind: 'ROLLING', days: 60, endedDays: 30 } }, ['window.days']],
  ['a currency nobody sells in', { currency: 'XTS' }, ['currency']],
  ['no currency at all', { currency: 'R\u0000B' }, ['currency']],
  ['thresholds without bounds', { method: 'THRESHOLDS' }, ['thresholds']],
  [
    'bounds that fall, and too few of them',
    {
      method: 'THRESHOLDS',
      thresholds: { recency: [10, 5, 20, 30], frequency: [2, 3, 4], monetary: ['1.00', '2', '3.00', '4.00'] },
    },
    ['thresholds.monetary.1', 'thresholds.recency.1', 'thresholds.frequency', 'thresholds.monetary.1'],
  ],
])('a model with %s is refused', async (_, facts, paths) => {
  const { marketer } = await aCompany();
  const input = { name: 'М', window: ALWAYS, method: 'QUINTILES', currency: 'RUB', ...facts } as const;
  const refused = await saveRfmModel(marketer, input as never).catch((error: unknown) => error);
  expect((refused as { problems: { path: string[] }[] }).problems.map(({ path }) => path.join('.'))).toEqual(
    paths,
  );
});

test('the grid in the API, and segments from its cells: the same people', async () => {
  const { ctx, shop } = await aCompany();
  const shopper = await aBuyer(ctx, shop, [{ daysAgo: 3, price: '5000.00' }, { daysAgo: 200 }]);
  const { session } = await aSession(ctx, ['MARKETER']);
  const save = await it.app.graphql<{ saveRfmModel: { model: { id: string } } }>({
    session,
    query: `mutation ($input: SaveRfmModelInput!) { saveRfmModel(input: $input) {
      ... on RfmModelSaved { model { id task { state } grid { buyers } } } } }`,
    variables: {
      input: {
        name: `В ${shop.storeCode}`,
        window: { kind: 'ROLLING', days: 365 },
        method: 'THRESHOLDS',
        currency: 'RUB',
        thresholds: {
          recency: [7, 30, 90, 180],
          frequency: [2, 3, 4, 5],
          monetary: ['100.00', '1000.00', '5500.00', '9000.00'],
        },
      },
    },
  });
  expect(save.data).toMatchObject({ saveRfmModel: { model: { task: { state: 'QUEUED' }, grid: null } } });
  const id = save.data?.saveRfmModel.model.id ?? '';
  await runTasks(ctx);
  const read = await it.app.graphql<{ rfmModel: { grid: { cells: object[] } } }>({
    session,
    query: `query ($id: ID!) { rfmModel(id: $id) { task { id } grid { window buyers cells { r f m people sum }
      bounds { monetary } } } }`,
    variables: { id },
  });
  expect(read.data).toMatchObject({
    rfmModel: {
      task: null,
      grid: {
        window: { kind: 'ROLLING', days: 365 },
        bounds: { monetary: ['100.00', '1000.00', '5500.00', '9000.00'] },
      },
    },
  });
  const own = { r: 5, f: 2, m: 4 };
  expect(read.data?.rfmModel.grid.cells).toContainEqual(expect.objectContaining(own));
  const condition = { leaf: 'RFM', model: id, recency: [5], frequency: [2], monetary: [4] };
  const preview = await it.app.graphql({
    session,
    query: `query ($condition: JSON!, $id: ID!) { segmentExplanation(condition: $condition, profileId: $id) {
      ... on SegmentExplanation { member nodes { value } } } }`,
    variables: { condition, id: globalId('Profile', shopper) },
  });
  expect(preview.data).toEqual({ segmentExplanation: { member: true, nodes: [{ value: 524 }] } });
});

test('an analyst sees models and changes none; a cashier’s assistant sees nothing of them', async () => {
  const { ctx } = await aCompany();
  const save = `mutation { saveRfmModel(input: { name: "x", window: {kind: "ALWAYS"}, method: QUINTILES, currency: "RUB" }) { __typename } }`;
  const analyst = await aSession(ctx, ['ANALYST']);
  expect((await it.app.graphql({ session: analyst.session, query: '{ rfmModels { name } }' })).errors).toBe(
    undefined,
  );
  const refused = await it.app.graphql({ session: analyst.session, query: save });
  expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const assistant = await aSession(ctx, ['SALES_ASSISTANT']);
  const none = await it.app.graphql({ session: assistant.session, query: '{ rfmModels { name } }' });
  expect(none.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('a segment of scores follows its model: whom other bounds take in enters, whom they leave out leaves', async () => {
  const { ctx, shop, marketer } = await aCompany();
  const thresholds = {
    recency: [7, 14, 21, 28],
    frequency: [2, 3, 4, 5],
    monetary: ['1.00', '2.00', '3.00', '4.00'],
  };
  const content = {
    name: `С ${shop.storeCode}`,
    window: ALWAYS,
    method: 'THRESHOLDS',
    currency: 'RUB',
  } as const;
  const id = await saveRfmModel(marketer, { ...content, thresholds });
  await runTasks(ctx);
  const [recent, older] = [
    await aBuyer(ctx, shop, [{ daysAgo: 6.5 }]),
    await aBuyer(ctx, shop, [{ daysAgo: 12 }]),
  ];
  const { session } = await aSession(ctx, ['MARKETER']);
  const condition = {
    leaf: 'RFM',
    model: globalId('RfmModel', id),
    recency: [5],
    frequency: [],
    monetary: [],
  };
  await it.app.graphql({
    session,
    query: `mutation ($input: CreateSegmentInput!) { createSegment(input: $input) { __typename } }`,
    variables: { input: { name: content.name, condition } },
  });
  await runTasks(ctx);
  const isIn = async (shopper: string): Promise<boolean> => {
    const { data } = await it.app.graphql<{ profile: { segments: { name: string }[] } }>({
      session,
      query: `query ($id: ID!) { profile(ref: { id: $id }) { segments { name } } }`,
      variables: { id: globalId('Profile', shopper) },
    });
    return data?.profile.segments.some(({ name }) => name === content.name) === true;
  };
  const who = async () => [await isIn(recent), await isIn(older)];
  expect(await who()).toEqual([true, false]);
  const scoredBy = async (version: number, days: number): Promise<void> => {
    const bounds = { ...thresholds, recency: [days, 14, 21, 28] };
    await saveRfmModel(marketer, { ...content, id, version, thresholds: bounds });
    await runTasks(ctx);
  };
  await scoredBy(1, 5);
  expect(await who()).toEqual([false, false]);
  await scoredBy(2, 13);
  expect(await who()).toEqual([true, true]);
});
