import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { keepUpload } from '../../platform/files/index.ts';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { asActor, aBrand } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aPromotion } from '../../testing/promotions.builders.ts';
import { aSession } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';

const it = useTestApp();

const POOL = `id name kind pattern alphabet validDays usesTotal usesPerShopper freeOnReturn version archivedAt words timeZone
  promotion { id title } counts { total free issued held used expired cancelled }
  batches { kind codes refused file { name } } runningTasks { kind state }`;
const REFUSED = `... on InvalidInput { problems { path code } } ... on VersionConflict { version }
  ... on PoolEmpty { pool } ... on PromoCodeStateRefused { state }`;

const CREATE = `mutation ($input: CreatePromoCodePoolInput!) { result: createPromoCodePool(input: $input) {
  __typename ... on PromoCodePoolSaved { pool { ${POOL} } } ... on InvalidInput { problems { path code } } } }`;
const CHANGE = `mutation ($input: ChangePromoCodePoolInput!) { result: changePromoCodePool(input: $input) {
  __typename ... on PromoCodePoolSaved { pool { ${POOL} } } ... on InvalidInput { problems { path code } }
  ... on VersionConflict { version changedBy } } }`;
const ARCHIVE = `mutation ($id: ID!, $version: Int!, $archived: Boolean!) {
  result: archivePromoCodePool(id: $id, version: $version, archived: $archived) {
  __typename ... on PromoCodePoolSaved { pool { archivedAt version } } ... on VersionConflict { version } } }`;
const GENERATE = `mutation ($poolId: ID!, $count: Int!) { result: generatePromoCodes(poolId: $poolId, count: $count) {
  __typename ... on PromoCodeTaskStarted { taskId } ... on InvalidInput { problems { path code } } } }`;
const IMPORT = `mutation ($poolId: ID!, $uploadId: String!) {
  result: importPromoCodes(poolId: $poolId, uploadId: $uploadId, issued: true) {
  __typename ... on PromoCodeTaskStarted { taskId } ... on InvalidInput { problems { path code } } } }`;
const EXPORT = `mutation ($poolId: ID!, $count: Int) { result: exportPromoCodes(poolId: $poolId, codes: FREE, count: $count) {
  __typename ... on PromoCodeTaskStarted { taskId } ... on InvalidInput { problems { path code } } } }`;
const ISSUE = `mutation ($input: IssuePromoCodeInput!) { result: issuePromoCode(input: $input) {
  __typename ... on PromoCodeSaved { promoCode { id code state expiresAt } } ... on PoolEmpty { pool }
  ... on InvalidInput { problems { path code } } } }`;
const INSPECT = `query ($code: String!) { result: promoCode(code: $code) { id code state personal reason uses issuedAt expiresAt
  profile { id givenName } pool { name promotion { title } } history { kind by reason order { id } } } }`;
const CANCEL = `mutation ($id: ID!, $reason: String!) { result: cancelPromoCode(id: $id, reason: $reason) {
  __typename ... on PromoCodeSaved { promoCode { state } } ${REFUSED.replace('... on VersionConflict { version }', '').replace('... on PoolEmpty { pool }', '')} } }`;
const TASK = `query ($id: ID!) { task(id: $id) { state result errorCode file { name url } } }`;
const POOLS = `query ($search: String, $archived: Boolean! = false) {
  promoCodePools(search: $search, archived: $archived, first: 10) { edges { node { name counts { total } } } } }`;

type Result = Record<string, unknown> & {
  __typename?: string;
  problems?: { path: string[]; code: string }[];
};

async function marketer() {
  const ctx = it.app.context();
  const brandId = await aBrand(ctx);
  const promotionId = await aPromotion(ctx, {
    brandId,
    title: 'Скидка 10 %',
    state: 'DRAFT',
    rules: { conditions: [{ kind: 'PROMO_CODE' }] },
  });
  const { session, actor } = await aSession(ctx, ['MARKETER']);
  const ask = async (query: string, variables: Record<string, unknown>) => {
    const answer = await it.app.graphql<{ result: Result }>({ query, variables, session });
    if (!answer.data) throw new Error(JSON.stringify(answer.errors));
    return answer.data.result;
  };
  const create = async (pool: Record<string, unknown> = {}) => {
    const input = {
      promotionId: globalId('Promotion', promotionId),
      name: 'Осень',
      kind: 'SINGLE_USE',
      pattern: 'FALL-####-##',
      ...pool,
    };
    return ask(CREATE, { input });
  };
  return { ctx: asActor(ctx, actor), brandId, session, ask, create };
}

const told = ({ problems }: Result) => problems?.map(({ path, code }) => `${path.join('.')} ${code}`);

test('a pool from its making to a used-up code, all through the API', async () => {
  const { ctx, session, ask, create } = await marketer();
  const { pool } = (await create({ validDays: 30 })) as { pool: Record<string, unknown> };
  expect(pool).toMatchObject({
    name: 'Осень',
    kind: 'SINGLE_USE',
    pattern: 'FALL-####-##',
    alphabet: '23456789ABCDEFGHJKMNPQRSTUVWXYZ',
    freeOnReturn: true,
    version: 1,
    promotion: { title: 'Скидка 10 %' },
    counts: { total: 0, free: 0 },
    batches: [],
  });
  const poolId = pool['id'] as string;
  const made = await ask(GENERATE, { poolId, count: 50 });
  const waiting = await it.app.graphql<{ promoCodePool: object }>({
    query: `query ($id: ID!) { promoCodePool(id: $id) { runningTasks { kind state } } }`,
    variables: { id: poolId },
    session,
  });
  expect(waiting.data?.promoCodePool).toEqual({
    runningTasks: [{ kind: 'promo-codes.generate', state: 'QUEUED' }],
  });
  const upload = await keepUpload(ctx, {
    name: 'codes.csv',
    stream: Readable.from(['ONE-1\nONE-1\nTWO-2\n']),
  });
  const imported = await ask(IMPORT, { poolId, uploadId: upload.id });
  const exported = await ask(EXPORT, { poolId, count: 10 });
  await runTasks(it.app.context());
  const task = async (id: unknown) =>
    (await it.app.graphql<{ task: object }>({ query: TASK, variables: { id }, session })).data?.task;
  const local = localId(poolId, 'PromoCodePool');
  expect(await task(made['taskId'])).toMatchObject({ state: 'DONE', result: { codes: 50, poolId: local } });
  expect(await task(imported['taskId'])).toMatchObject({
    state: 'DONE',
    result: { codes: 2, refused: 1, problems: { REPEATED: 1 } },
    file: { name: 'промокоды-с-ошибками.csv' },
  });
  expect(await task(exported['taskId'])).toMatchObject({ state: 'DONE', result: { codes: 10 } });

  const shopper = await aShopper(ctx, { givenName: 'Ольга' });
  const input = {
    requestId: 'gift-1',
    poolId,
    profileId: globalId('Profile', shopper.id),
    reason: 'Подарок за терпение',
  };
  const { promoCode } = (await ask(ISSUE, { input })) as {
    promoCode: { id: string; code: string; expiresAt: string };
  };
  expect(await ask(ISSUE, { input })).toEqual({ __typename: 'PromoCodeSaved', promoCode });
  expect(promoCode.expiresAt).toBe('2026-12-22T20:59:59.000Z');
  expect(await ask(INSPECT, { code: ` ${promoCode.code.toLowerCase()} ` })).toMatchObject({
    code: promoCode.code,
    state: 'ISSUED',
    personal: true,
    reason: 'Подарок за терпение',
    profile: { givenName: 'Ольга' },
    pool: { name: 'Осень', promotion: { title: 'Скидка 10 %' } },
    history: [{ kind: 'ISSUED', reason: 'Подарок за терпение' }, { kind: 'CREATED' }],
  });
  const timeline = await it.app.graphql<{ node: { timeline: { edges: { node: object }[] } } }>({
    query: `query ($id: ID!) { node(id: $id) { ... on Profile { timeline(kinds: [PROMO_CODE]) { edges { node { kind at facts } } } } } }`,
    variables: { id: input.profileId },
    session,
  });
  expect(timeline.data?.node.timeline.edges.map(({ node }) => node)).toEqual([
    {
      kind: 'PROMO_CODE',
      at: '2026-11-22T09:00:00.000Z',
      facts: {
        event: 'ISSUED',
        code: promoCode.code,
        title: 'Скидка 10 %',
        reason: 'Подарок за терпение',
        expiresAt: promoCode.expiresAt,
      },
    },
  ]);
  expect(await ask(CANCEL, { id: promoCode.id, reason: 'Ошибка' })).toMatchObject({
    promoCode: { state: 'CANCELLED' },
  });
  expect(await ask(CANCEL, { id: promoCode.id, reason: 'Ошибка' })).toMatchObject({
    __typename: 'PromoCodeStateRefused',
    state: 'CANCELLED',
  });
  const counted = await it.app.graphql<{ promoCodePool: Record<string, unknown> }>({
    query: `query ($id: ID!) { promoCodePool(id: $id) { ${POOL} } }`,
    variables: { id: poolId },
    session,
  });
  expect(counted.data?.promoCodePool).toMatchObject({
    counts: { total: 52, free: 39, issued: 12, held: 0, used: 0, expired: 0, cancelled: 1 },
    batches: [
      { kind: 'EXPORTED', codes: 10 },
      { kind: 'IMPORTED', codes: 2, refused: 1, file: { name: 'промокоды-с-ошибками.csv' } },
      { kind: 'GENERATED', codes: 50 },
    ],
    runningTasks: [],
  });
});

test('words for everybody: limits, edits with a version, put away and taken out again', async () => {
  const { session, ask, create } = await marketer();
  const made = await create({
    kind: 'GENERIC',
    pattern: null,
    words: ['ЛЕТО10', 'welcome'],
    usesTotal: 100,
    usesPerShopper: 1,
  });
  const pool = made['pool'] as Record<string, unknown>;
  expect(pool).toMatchObject({
    words: ['welcome', 'ЛЕТО10'],
    usesTotal: 100,
    usesPerShopper: 1,
    counts: { total: 2 },
  });
  expect((await ask(INSPECT, { code: 'лето-1О' }))['code']).toBe('ЛЕТО10');
  expect(told(await create({ kind: 'GENERIC', pattern: null, words: ['new', 'WELCOME'] }))).toEqual([
    'words.1 DUPLICATE',
  ]);
  const input = {
    id: pool['id'],
    version: 1,
    name: 'Лето',
    promotionId: (pool['promotion'] as { id: string }).id,
    usesTotal: 200,
  };
  expect(await ask(CHANGE, { input })).toMatchObject({
    pool: { name: 'Лето', usesTotal: 200, usesPerShopper: null, version: 2 },
  });
  expect(await ask(CHANGE, { input })).toEqual({
    __typename: 'VersionConflict',
    version: 2,
    changedBy: 'Мария',
  });
  expect(await ask(ARCHIVE, { id: pool['id'], version: 2, archived: true })).toMatchObject({
    pool: { version: 3 },
  });
  expect((await ask(INSPECT, { code: 'welcome' }))['state']).toBe('CANCELLED');
  const names = async (archived: boolean) => {
    const answer = await it.app.graphql<{ promoCodePools: { edges: { node: { name: string } }[] } }>({
      query: POOLS,
      variables: { search: 'лето', archived },
      session,
    });
    return answer.data?.promoCodePools.edges.map(({ node }) => node.name);
  };
  expect([await names(false), await names(true)]).toEqual([[], ['Лето']]);
});

test('what a pool cannot be is told by field', async () => {
  const { ctx, create, ask } = await marketer();
  const problems = async (pool: Record<string, unknown>) => told(await create(pool));
  expect(await problems({ pattern: 'SALE' })).toEqual(['pattern FORMAT']);
  expect(await problems({ pattern: '#'.repeat(10_000) })).toEqual(['pattern RANGE']);
  expect(await problems({ pattern: 'A\u202e####' })).toEqual(['pattern FORMAT']);
  expect(await problems({ alphabet: 'O0' })).toEqual(['alphabet FORMAT']);
  expect(await problems({ name: '' })).toEqual(['name REQUIRED']);
  expect(await problems({ name: 'x'.repeat(10_000) })).toEqual(['name RANGE']);
  expect(await problems({ name: 'a\u0000b' })).toEqual(['name FORMAT']);
  expect(await problems({ validDays: -1 })).toEqual(['validDays RANGE']);
  expect(await problems({ validDays: 0 })).toEqual(['validDays RANGE']);
  expect(await problems({ usesTotal: 5 })).toEqual(['usesTotal MISMATCH']);
  expect(await problems({ words: ['ABC'] })).toEqual(['words MISMATCH']);
  expect(await problems({ validFrom: '2026-12-01T00:00:00Z', validTo: '2026-12-01T00:00:00Z' })).toEqual([
    'validTo RANGE',
  ]);
  const generic = { kind: 'GENERIC', pattern: null };
  expect(await problems({ ...generic, words: [] })).toEqual(['words REQUIRED']);
  expect(
    await problems({ ...generic, words: ['AB', 'x'.repeat(10_000), 'a b', '\u202eABC', 'ABC%'] }),
  ).toEqual(['words.0 FORMAT', 'words.1 FORMAT', 'words.2 FORMAT', 'words.4 FORMAT']);
  expect(await problems({ ...generic, words: ['SALE', 'sa1e'] })).toEqual(['words.1 DUPLICATE']);
  expect(await problems({ ...generic, words: ['ABC'], usesTotal: 0, usesPerShopper: -3 })).toEqual([
    'usesTotal RANGE',
    'usesPerShopper RANGE',
  ]);
  expect(await problems({ promotionId: globalId('Promotion', newId()) })).toEqual(['promotionId UNKNOWN']);
  expect(await problems({ promotionId: 'nonsense' })).toEqual(['promotionId UNKNOWN']);
  const made = await create();
  const poolId = (made['pool'] as { id: string }).id;
  for (const count of [-1, 0, 1_000_000_000, 2_147_483_647])
    expect(told(await ask(GENERATE, { poolId, count }))).toEqual(['count RANGE']);
  expect(told(await ask(IMPORT, { poolId, uploadId: newId() }))).toEqual(['uploadId UNKNOWN']);
  expect(told(await ask(EXPORT, { poolId, count: -1 }))).toEqual(['count RANGE']);
  const issue = async (input: Record<string, unknown>) =>
    told(
      await ask(ISSUE, {
        input: {
          requestId: newId(),
          poolId,
          profileId: globalId('Profile', (await aShopper(ctx)).id),
          reason: 'x',
          ...input,
        },
      }),
    );
  expect(await issue({ profileId: globalId('Profile', newId()) })).toEqual(['profileId UNKNOWN']);
  expect(await issue({ reason: ' ' })).toEqual(['reason REQUIRED']);
  expect(await issue({ validDays: 100_000 })).toEqual(['validDays RANGE']);
  for (const code of ['', '  ', 'x'.repeat(10_000), '\u202eABC', "' or 1=1 --"])
    expect(await ask(INSPECT, { code })).toBeNull();
});

test('an analyst sees codes without people’s contacts and changes none', async () => {
  const { create } = await marketer();
  const { session } = await aSession(it.app.context(), ['ANALYST']);
  const made = await create();
  const answer = await it.app.graphql({
    query: GENERATE,
    variables: { poolId: (made['pool'] as { id: string }).id, count: 1 },
    session,
  });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  const assistant = await aSession(it.app.context(), ['SALES_ASSISTANT'], { storeIds: [] });
  const refused = await it.app.graphql({
    query: INSPECT,
    variables: { code: 'X' },
    session: assistant.session,
  });
  expect(refused.errors?.[0]?.extensions.code).toMatch(/FORBIDDEN|UNAUTHENTICATED/);
});
