import { expect, test } from 'vitest';
import { aKey, asActor, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ask } from '../../testing/shopper-operations.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { countCustomers, listCustomers, type CustomersQuery } from './list-customers.ts';

const it = useTestApp();

/** People of one partner's system, in the order they were created, and a way to search among all there are. */
async function aBase(people: Record<string, unknown>[]) {
  const ctx = it.app.context();
  const { token } = await aKey(ctx);
  const source = `crm-${aPhone()}`;
  const ids: string[] = [];
  for (const [index, person] of people.entries()) {
    it.app.clock.advance(1_000);
    const profiles = [{ externalId: `${source}-${index}`, ...person }];
    const answer = await ask(it.app, token, 'upsert', { source, profiles });
    const [{ profile }] = answer['results'] as [{ profile: { id: string } }];
    ids.push(Buffer.from(profile.id, 'base64').toString().split(':')[1] ?? '');
  }
  const owner = asActor(ctx, await staffActor(ctx, ['OWNER']));
  const find = async (query: CustomersQuery) =>
    (await listCustomers(owner, { first: 100, ...query })).edges
      .map(({ node }) => ids.indexOf(node.id))
      .filter((index) => index >= 0);
  return { ctx, owner, ids, token, source, find };
}

test('the search finds by phone in any spelling, its last digits, e-mail, card and a partner’s number', async () => {
  const phone = '+79151234567';
  const { find, source } = await aBase([
    { phones: [phone], emails: ['Search.Me@mail.ru'], cards: ['77-00 0042'] },
    { phones: [aPhone()] },
  ]);
  for (const search of [
    phone,
    '8 (915) 123-45-67',
    '9151234567',
    '４５６７',
    '4567',
    ' search.me@MAIL.ru ',
    '77000042',
    '77-00 0042',
    `${source}-0`,
  ])
    expect(await find({ filter: { search } }), search).toEqual([0]);
  for (const search of ['nobody@mail.ru', '+79150000000', "' or 1=1 --", '%', '_', '\u0000', '@', '\\'])
    expect(await find({ filter: { search } }), search).toEqual([]);
});

test('names are found by their beginnings, in both orders, whatever the capitals, ё like е', async () => {
  const { find } = await aBase([
    { familyName: 'Фёдорова-Ъъ', givenName: 'Алёна', patronymic: 'Игоревна' },
    { familyName: 'Федорчук-Ъъ', givenName: 'Борис' },
    { familyName: 'Алёнова-Ъъ', givenName: 'Фёкла' },
  ]);
  expect(await find({ filter: { search: 'федор' } })).toEqual([1, 0]);
  expect(await find({ filter: { search: 'ФЁДОРОВА-ъъ алена' } })).toEqual([0]);
  expect(await find({ filter: { search: 'алёна федорова-ъ' } })).toEqual([0]);
  expect(await find({ filter: { search: 'ален фе' } })).toEqual([2, 0]);
  expect(await find({ filter: { search: 'Федорова-ъъ Алена Игор' } })).toEqual([0]);
  expect(await find({ filter: { search: 'Алена Игоревна Федорова-ъ' } })).toEqual([0]);
  expect(await find({ filter: { search: 'лена' } })).toEqual([]);
});

test('every filter narrows, and all of them hold together', async () => {
  const ctx = it.app.context();
  const store = await aStore(ctx);
  const { find, owner } = await aBase([
    {
      phones: [aPhone()],
      tags: ['ф-vip'],
      gender: 'FEMALE',
      birthDate: '1990-05-17',
      preferredStoreCode: store.code,
    },
    { emails: [`f-${aPhone()}@mail.ru`], tags: ['ф-vip'], gender: 'MALE', doNotDisturb: true },
  ]);
  const tag = 'ф-vip';
  expect(await find({ filter: { tag } })).toEqual([1, 0]);
  expect(await find({ filter: { tag: 'ф-VIP?' } })).toEqual([]);
  expect(await find({ filter: { tag, hasPhone: true } })).toEqual([0]);
  expect(await find({ filter: { tag, hasPhone: false, hasEmail: true } })).toEqual([1]);
  expect(await find({ filter: { tag, gender: 'FEMALE', birthMonth: 5 } })).toEqual([0]);
  expect(await find({ filter: { tag, birthMonth: 6 } })).toEqual([]);
  expect(await find({ filter: { tag, doNotDisturb: true } })).toEqual([1]);
  expect(await find({ filter: { storeCode: store.code } })).toEqual([0]);
  expect(await find({ filter: { tag, consentChannel: 'SMS' } })).toEqual([]);
  const now = ctx.clock.now();
  expect(await find({ filter: { tag, createdFrom: now } })).toEqual([1]);
  expect(await find({ filter: { tag, createdTo: now } })).toEqual([0]);
  expect(await find({ filter: { tag, lastOrderFrom: new Date(0) } })).toEqual([]);
  expect(await countCustomers(owner, { tag })).toBe(2);
});

test.each(['NEWEST', 'OLDEST', 'NAME'] as const)(
  'pages by %s miss nobody and repeat nobody',
  async (sort) => {
    const tag = `страницы-${sort}`;
    const names = ['Бб', 'Аа', null, 'Аа', 'ёё'];
    const { owner, ids } = await aBase(
      names.map((givenName) => ({ tags: [tag], ...(givenName ? { givenName } : {}) })),
    );
    const seen: number[] = [];
    let after: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listCustomers>> = await listCustomers(owner, {
        filter: { tag },
        sort,
        first: 2,
        after,
      });
      seen.push(...page.edges.map(({ node }) => ids.indexOf(node.id)));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual({ NEWEST: [4, 3, 2, 1, 0], OLDEST: [0, 1, 2, 3, 4], NAME: [1, 3, 0, 4, 2] }[sort]);
  },
);

const LIST = `query ($filter: CustomerFilter, $after: String) { customers(filter: $filter, first: 5, after: $after) {
  edges { node { ordersCount lastOrderAt spent { currency amount }
    profile { phone email identities { kind masked } contacts { value } } } } } }`;

test('lists show contacts masked, to an analyst not at all; a full one is opened and written down', async () => {
  const ctx = it.app.context();
  const { id, phone } = await aShopper(ctx, { email: 'opened@mail.ru', givenName: 'Открытая' });
  const masked = `+7 ••• •••-${phone.slice(-4, -2)}-${phone.slice(-2)}`;
  const see = async (role: 'MARKETER' | 'ANALYST', search: string) => {
    const { session } = await aSession(ctx, [role]);
    return it.app.graphql({ query: LIST, variables: { filter: { search } }, session });
  };
  const open = await see('MARKETER', phone);
  expect(open.data).toEqual({
    customers: {
      edges: [
        {
          node: {
            ordersCount: 0,
            lastOrderAt: null,
            spent: [],
            profile: {
              phone: masked,
              email: 'o•••@mail.ru',
              identities: [
                { kind: 'PHONE', masked },
                { kind: 'EMAIL', masked: 'o•••@mail.ru' },
              ],
              contacts: [{ value: 'opened@mail.ru' }, { value: phone }],
            },
          },
        },
      ],
    },
  });
  const audited = await ctx.sql
    .selectFrom('audit_entry')
    .select(['action', 'facts'])
    .where('subject', '=', `profile:${id}`)
    .execute();
  expect(audited).toEqual([{ action: 'profile.contacts-opened', facts: { kinds: ['EMAIL', 'PHONE'] } }]);
  const analyst = JSON.stringify(await see('ANALYST', 'Открытая'));
  expect(analyst).toContain('FORBIDDEN');
  for (const secret of [phone, masked, 'mail.ru']) expect(analyst).not.toContain(secret);
});

test('who sees no contacts finds nobody by one: it would tell whose it is', async () => {
  const ctx = it.app.context();
  const { phone } = await aShopper(ctx, { email: 'nobody-asks@mail.ru', givenName: 'Ненайденная' });
  const { session } = await aSession(ctx, ['ANALYST']);
  const count = async (search: string): Promise<unknown> => {
    const query = 'query ($search: String) { customers(filter: { search: $search }) { edges { cursor } } }';
    const { data } = await it.app.graphql({ query, variables: { search }, session });
    return (data as { customers: { edges: unknown[] } }).customers.edges.length;
  };
  expect(await count('Ненайденная')).toBe(1);
  for (const contact of [phone, phone.slice(-4), 'nobody-asks@mail.ru']) expect(await count(contact)).toBe(0);
  const byPhone = await it.app.graphql({
    query: 'query ($phone: Phone!) { profile(ref: { phone: $phone }) { id } }',
    variables: { phone },
    session,
  });
  expect(byPhone.data).toEqual({ profile: null });
});

test('staff of a store browse its people, and find anybody by a whole phone', async () => {
  const ctx = it.app.context();
  const [mine, other] = [await aStore(ctx), await aStore(ctx)];
  const own = await aShopper(ctx, { storeId: mine.id, givenName: 'Соседка' });
  const foreign = await aShopper(ctx, { storeId: other.id, givenName: 'Соседка' });
  const staff = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [mine.id] }));
  const find = async (search: string) =>
    (await listCustomers(staff, { filter: { search } })).edges.map(({ node }) => node.id);
  expect(await find('Соседка')).toEqual([own.id]);
  expect(await find(foreign.phone.slice(-4))).not.toContain(foreign.id);
  expect(await find(foreign.phone)).toEqual([foreign.id]);
});

test('a merged person is listed once, an erased one, a visitor and a walk-in never', async () => {
  const ctx = it.app.context();
  const [gone, stays, erased] = [
    await aShopper(ctx, { givenName: 'Единственная' }),
    await aShopper(ctx, { givenName: 'Единственная' }),
    await aShopper(ctx, { givenName: 'Единственная' }),
  ];
  await ctx.sql.updateTable('profile').set({ merged_into: stays.id }).where('id', '=', gone.id).execute();
  await ctx.sql
    .updateTable('profile')
    .set({ erased_at: ctx.clock.now() })
    .where('id', '=', erased.id)
    .execute();
  const owner = asActor(ctx, await staffActor(ctx, ['OWNER']));
  const page = await listCustomers(owner, { filter: { search: 'Единственная' } });
  expect(page.edges.map(({ node }) => node.id)).toEqual([stays.id]);
});

test('a cursor or a month that is none is the caller’s mistake', async () => {
  const { token } = await aKey(it.app.context());
  for (const variables of [
    { after: 'junk' },
    { after: Buffer.from('["x","y"]').toString('base64url') },
    { filter: { birthMonth: 13 } },
  ]) {
    const { errors } = await it.app.graphql({ query: LIST, variables, token });
    expect(errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
  }
});

test('who starts an export can follow it by the id that was answered', async () => {
  const ctx = it.app.context();
  const { session } = await aSession(ctx, ['SUPPORT']);
  const asStaff = async (query: string, variables: Record<string, unknown> = {}) =>
    (await it.app.graphql({ query, variables, session })).data as Record<string, Record<string, unknown>>;
  const started = await asStaff(`mutation { startCustomersExport(filter: { search: "никто" }) { taskId } }`);
  const id = started['startCustomersExport']?.['taskId'];
  const followed = await asStaff('query ($id: ID!) { task(id: $id) { id kind } }', { id });
  expect(followed['task']).toEqual({ id, kind: 'customers.export' });
});
