import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aKey } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, aShopper } from '../../testing/profiles.builders.ts';
import { ask, send } from '../../testing/shopper-operations.ts';

const it = useTestApp();

interface Upserted {
  externalId: string | null;
  status: string;
  problems: { path: string[]; code: string }[];
  profile: Record<string, unknown> | null;
}

async function aPartner() {
  const { token } = await aKey(it.app.context());
  const source = `crm-${newId()}`;
  const upsert = async (profiles: object[], more: object = {}): Promise<Upserted[]> => {
    const result = await ask(it.app, token, 'upsert', { source, profiles, ...more });
    if (result.__typename !== 'ProfilesUpserted') throw new Error(JSON.stringify(result));
    return result['results'] as Upserted[];
  };
  return { token, source, upsert };
}

const statuses = (results: Upserted[]) => results.map(({ status }) => status);

test('a person is made, found again by any identity, and changed by what is new', async () => {
  const { upsert } = await aPartner();
  const phone = aPhone();
  const [created] = await upsert([
    { externalId: '1', phones: [phone], emails: [`${newId()}@mail.ru`], givenName: 'Анна', tags: ['vip'] },
  ]);
  expect(created).toMatchObject({
    externalId: '1',
    status: 'CREATED',
    problems: [],
    profile: { givenName: 'Анна', familyName: null, tags: ['vip'], phone },
  });
  const [updated, unchanged] = await upsert([
    { phones: [phone], familyName: 'Петрова' },
    { externalId: '1', givenName: 'Анна' },
  ]);
  expect(updated).toMatchObject({
    status: 'UPDATED',
    profile: { id: created?.profile?.['id'], givenName: 'Анна', familyName: 'Петрова' },
  });
  expect(unchanged).toMatchObject({ status: 'UNCHANGED', profile: { id: created?.profile?.['id'] } });
});

test('in a batch the second of two equal records is judged against the first', async () => {
  const { upsert } = await aPartner();
  const record = { externalId: '1', phones: [aPhone()], givenName: 'Анна' };
  expect(statuses(await upsert([record, record, { ...record, givenName: 'Аня' }]))).toEqual([
    'CREATED',
    'UNCHANGED',
    'UPDATED',
  ]);
});

test('an identity of another person is never stolen', async () => {
  const ctx = it.app.context();
  const { upsert } = await aPartner();
  const [anna, boris] = [await aShopper(ctx), await aShopper(ctx)];
  const results = await upsert([
    { externalId: 'a', phones: [anna.phone] },
    { externalId: 'a', phones: [anna.phone, boris.phone] },
    { externalId: 'a', emails: ['fine@mail.ru'] },
  ]);
  expect(results.map(({ status, problems }) => [status, problems])).toEqual([
    ['UPDATED', []],
    ['CONFLICT', [{ path: ['phones', '1'], code: 'DUPLICATE' }]],
    ['UPDATED', []],
  ]);
  expect(results[1]?.profile).toBeNull();
  const [still] = await upsert([{ phones: [boris.phone] }]);
  expect(still?.profile?.['id']).toBe(globalId('Profile', boris.id));
});

test('lists replace: what is not in it is free again, the first is shown', async () => {
  const { upsert } = await aPartner();
  const [one, two, three] = [aPhone(), aPhone(), aPhone()];
  await upsert([{ externalId: '1', phones: [one, two] }]);
  const [swapped] = await upsert([{ externalId: '1', phones: [three, two] }]);
  expect(swapped).toMatchObject({ status: 'UPDATED', profile: { phone: three } });
  const [other] = await upsert([{ phones: [one], givenName: 'Борис' }]);
  expect(other?.status).toBe('CREATED');
  expect(statuses(await upsert([{ externalId: '1', phones: [three, two] }]))).toEqual(['UNCHANGED']);
  const [cleared] = await upsert([{ externalId: '1', phones: null }]);
  expect(cleared).toMatchObject({ status: 'UPDATED', profile: { phone: null } });
});

test('an older copy changes nothing', async () => {
  const { upsert } = await aPartner();
  const [phone, oldPhone] = [aPhone(), aPhone()];
  const record = {
    externalId: '1',
    phones: [phone],
    givenName: 'Анна',
    updatedAt: '2026-11-20T10:00:00+03:00',
  };
  await upsert([record]);
  const [older] = await upsert([
    { externalId: '1', phones: [oldPhone], givenName: 'Аня', updatedAt: '2026-11-19T10:00:00+03:00' },
  ]);
  expect(older).toMatchObject({ status: 'UNCHANGED', profile: { givenName: 'Анна', phone } });
});

test('a record that cannot be taken says why and never hurts its neighbours', async () => {
  const { upsert } = await aPartner();
  const results = await upsert([
    { externalId: 'good', phones: [aPhone()] },
    { externalId: 'bad-phone', phones: ['123', '8 (800) 555-35-35'] },
    { givenName: 'Никто' },
    { externalId: 'proto', attributes: JSON.parse('{"__proto__":{"admin":true}}') as unknown },
    { externalId: 'late', birthDate: '2090-01-01', consents: [{ textId: 'x', granted: true }] },
    { externalId: 'also good', emails: [`${newId()}@mail.ru`], attributes: { size: 'M' } },
  ]);
  expect(results.map(({ status, problems }) => [status, problems])).toEqual([
    ['CREATED', []],
    [
      'REJECTED',
      [
        { path: ['phones', '0'], code: 'FORMAT' },
        { path: ['phones', '1'], code: 'FORMAT' },
      ],
    ],
    ['REJECTED', [{ path: [], code: 'REQUIRED' }]],
    ['REJECTED', [{ path: ['attributes', '__proto__'], code: 'FORMAT' }]],
    [
      'REJECTED',
      [
        { path: ['birthDate'], code: 'RANGE' },
        { path: ['consents', '0', 'textId'], code: 'UNKNOWN' },
      ],
    ],
    ['CREATED', []],
  ]);
});

test('one request id: the same answer again, other content is a conflict', async () => {
  const { token, source } = await aPartner();
  const requestId = newId();
  const profiles = [{ externalId: '1', phones: [aPhone()], givenName: 'Анна' }];
  const first = await ask(it.app, token, 'upsert', { source, requestId, profiles });
  const again = await ask(it.app, token, 'upsert', { source, requestId, profiles });
  expect(first).toMatchObject({ results: [{ status: 'CREATED' }] });
  expect(again).toEqual(first);
  expect(await ask(it.app, token, 'upsert', { source, requestId, profiles: [] })).toEqual({
    __typename: 'IdempotencyConflict',
    code: 'IdempotencyConflict',
  });
});

test('the same new people ten times at once are made once', async () => {
  const { upsert } = await aPartner();
  const profiles = Array.from({ length: 20 }, (_, index) => ({
    externalId: String(index),
    phones: [aPhone()],
  }));
  const calls = await Promise.all(Array.from({ length: 10 }, () => upsert(profiles)));
  const all = calls.flat();
  expect(all.filter(({ status }) => status === 'CREATED')).toHaveLength(20);
  expect(all.filter(({ status }) => status === 'UNCHANGED')).toHaveLength(180);
  expect(new Set(all.map(({ profile }) => profile?.['id'])).size).toBe(20);
});

test('a thousand records in a handful of statements', async () => {
  const { upsert, token, source } = await aPartner();
  const profiles = Array.from({ length: 1_000 }, (_, index) => ({
    externalId: `n${index}`,
    phones: [aPhone()],
    givenName: 'Анна',
  }));
  const results = await upsert(profiles);
  expect(new Set(statuses(results))).toEqual(new Set(['CREATED']));
  const tooMany = await ask(it.app, token, 'upsert', { source, profiles: [...profiles, {}] });
  expect(tooMany).toEqual({
    __typename: 'InvalidInput',
    problems: [{ path: ['profiles'], code: 'TOO_MANY' }],
  });
});

test('a key writes only as its own source', async () => {
  const { token } = await aKey(it.app.context(), { scopes: ['profiles.write'], sources: ['site'] });
  const answer = await send(it.app, token, 'upsert', { source: 'crm', profiles: [] });
  expect(answer.errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test('what changed is told, never the values', async () => {
  const { upsert } = await aPartner();
  const phone = aPhone();
  const [created] = await upsert([{ externalId: '1', phones: [phone], givenName: 'Анна' }]);
  await upsert([{ externalId: '1', givenName: 'Ева', attributes: { size: 'M' } }]);
  const events = await it.app
    .context()
    .sql.selectFrom('outbox_event')
    .select(['kind', 'payload', 'profile_id'])
    .orderBy('position', 'desc')
    .limit(3)
    .execute();
  expect(events.map(({ kind, payload }) => [kind, payload])).toEqual([
    ['profile.updated', { fields: ['givenName', 'attributes.size'] }],
    ['member.enrolled', { brandId: null, storeId: null }],
    ['profile.created', {}],
  ]);
  expect(globalId('Profile', events[0]?.profile_id ?? '')).toBe(created?.profile?.['id']);
});
