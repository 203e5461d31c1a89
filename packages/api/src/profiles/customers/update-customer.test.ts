import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { aKey, asActor, aStore } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aShopper } from '../../testing/profiles.builders.ts';
import { aSession, staffActor } from '../../testing/staff.builders.ts';
import { runTasks } from '../../testing/tasks.builders.ts';
import { startTask } from '../../platform/tasks/index.ts';
import { changeTags } from './change-tags.ts';
import { CHANGE_TAGS } from './change-many-tags.ts';
import { sealFilter } from './sealed-filter.ts';
import { updateCustomer, type UpdateCustomer } from './update-customer.ts';

const it = useTestApp();

async function aCustomer() {
  const ctx = it.app.context();
  const shopper = await aShopper(ctx, { givenName: 'Анна' });
  const staff = asActor(ctx, await staffActor(ctx, ['SUPPORT'], { name: 'Вера Поддержкина' }));
  const row = () =>
    ctx.sql.selectFrom('profile').selectAll().where('id', '=', shopper.id).executeTakeFirstOrThrow();
  const update = (input: Partial<UpdateCustomer>) =>
    updateCustomer(staff, { profileId: globalId('Profile', shopper.id), version: 1, ...input });
  return { ctx, staff, shopper, row, update };
}

test('staff change values, each with its origin; the audit has before and after, names as hashes', async () => {
  const { ctx, staff, shopper, row, update } = await aCustomer();
  const store = await aStore(ctx);
  await update({
    givenName: 'Аня',
    patronymic: 'Петровна',
    gender: 'FEMALE',
    tags: ['VIP'],
    preferredStoreCode: store.code,
    preferredChannel: 'VIBER',
    doNotDisturb: true,
  });
  const profile = await row();
  expect(profile).toMatchObject({
    given_name: 'Аня',
    patronymic: 'Петровна',
    gender: 'FEMALE',
    tags: ['VIP'],
    preferred_store_id: store.id,
    preferred_channel: 'VIBER',
    do_not_disturb: true,
    version: 2,
  });
  expect(profile.origins['givenName']).toEqual({ source: 'admin', at: ctx.clock.now().toISOString() });
  const entry = await ctx.sql
    .selectFrom('audit_entry')
    .selectAll()
    .where('subject', '=', `profile:${shopper.id}`)
    .executeTakeFirstOrThrow();
  expect(entry).toMatchObject({ action: 'profile.updated', actor_kind: 'STAFF', actor_id: staff.actor.id });
  const { changes } = entry.facts as { changes: Record<string, { before: unknown; after: unknown }> };
  expect(changes['gender']).toEqual({ before: null, after: 'FEMALE' });
  expect(changes['givenName']).toEqual({
    before: expect.stringMatching(/^hmac:/),
    after: expect.stringMatching(/^hmac:/),
  });
  for (const name of ['Анна', 'Аня', 'Петровна']) expect(JSON.stringify(entry)).not.toContain(name);
});

test('a partner’s program that edits a person is named as the source', async () => {
  const { ctx, shopper, row } = await aCustomer();
  const { actor } = await aKey(ctx, { sources: ['helpdesk'] });
  await updateCustomer(asActor(ctx, actor), {
    profileId: globalId('Profile', shopper.id),
    version: 1,
    givenName: 'Инна',
  });
  expect((await row()).origins['givenName']).toMatchObject({ source: 'helpdesk' });
});

test('who edits an older look is told who was faster, and nothing is lost', async () => {
  const { row, update } = await aCustomer();
  await update({ familyName: 'Первая' });
  await expect(update({ familyName: 'Вторая' })).rejects.toMatchObject({
    code: 'VersionConflict',
    version: 2,
    changedBy: 'Вера Поддержкина',
    changedAt: it.app.clock.now(),
  });
  expect((await row()).family_name).toBe('Первая');
  const both = await Promise.allSettled([
    update({ version: 2, givenName: 'Раз' }),
    update({ version: 2, givenName: 'Два' }),
  ]);
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('nothing new is nothing done; what cannot be is refused with its place', async () => {
  const { row, update } = await aCustomer();
  await update({ givenName: 'Анна', tags: [] });
  expect((await row()).version).toBe(1);
  await expect(update({ birthDate: '2090-01-01', preferredStoreCode: 'нет' })).rejects.toMatchObject({
    problems: [
      { path: ['birthDate'], code: 'RANGE' },
      { path: ['preferredStoreCode'], code: 'UNKNOWN' },
    ],
  });
  for (const profileId of ['junk', globalId('Profile', newId()), globalId('Store', newId())])
    await expect(update({ profileId })).rejects.toMatchObject({ problems: [{ path: ['profileId'] }] });
});

test('values held against the definitions; staff go past the rule of a source', async () => {
  const { ctx, row, update } = await aCustomer();
  const now = ctx.clock.now();
  const code = `size-${newId()}`;
  await ctx.sql
    .insertInto('attribute_definition')
    .values({
      id: newId(),
      code,
      name_ru: 'Размер',
      name_en: 'Size',
      type: 'CHOICE',
      choices: JSON.stringify([{ code: 's', nameRu: 'С', nameEn: 'S' }]) as never,
      enrichment: { kind: 'FIRST' },
      created_at: now,
      updated_at: now,
    })
    .execute();
  await expect(update({ attributes: { [code]: 'xxl' } })).rejects.toMatchObject({
    problems: [{ path: ['attributes', code], code: 'UNKNOWN' }],
  });
  await update({ attributes: { [code]: 's' } });
  await update({ version: 2, attributes: { [code]: null } });
  expect(await row()).toMatchObject({ attributes: {}, version: 3 });
  await ctx.sql.deleteFrom('attribute_definition').where('code', '=', code).execute();
});

test('tags of several people: those who have them are left alone, capitals mean nothing', async () => {
  const { ctx, staff, shopper, row, update } = await aCustomer();
  const other = await aShopper(ctx);
  await update({ tags: ['VIP', 'старая'] });
  const ids = [shopper.id, other.id].map((id) => globalId('Profile', id));
  expect(await changeTags(staff, { profileIds: ids, add: ['vip'], remove: ['СТАРАЯ'] })).toEqual({
    __typename: 'TagsChanged',
    profileIds: [shopper.id, other.id].toSorted(),
    changed: 2,
  });
  expect((await row()).tags).toEqual(['VIP']);
  expect(await changeTags(staff, { profileIds: ids, add: ['VIP'], remove: [] })).toMatchObject({
    changed: 0,
  });
  for (const bad of [{ add: [''] }, { add: [], remove: [] }, { add: ['x'.repeat(65)] }])
    await expect(changeTags(staff, { profileIds: ids, remove: [], ...bad })).rejects.toMatchObject({
      code: 'InvalidInput',
    });
});

test('tags of everybody a filter finds, in the background, once', async () => {
  const { ctx, staff, shopper, row, update } = await aCustomer();
  const before = `до-${newId()}`;
  await update({ tags: [before] });
  const facts = {
    ...sealFilter(staff, { filter: { tag: before }, sort: 'OLDEST' }),
    tags: { add: ['после'], remove: [before] },
  };
  expect(JSON.stringify(facts)).not.toContain(`"${before}"}`);
  const id = await startTask(staff, { kind: CHANGE_TAGS, facts });
  await runTasks(ctx);
  const task = await ctx.sql.selectFrom('task').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
  expect(task).toMatchObject({ state: 'DONE', result: { found: 1, changed: 1 } });
  expect((await row()).tags).toEqual(['после']);
  expect(shopper.id).toBe((await row()).id);
});

const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { __typename
  ... on CustomerUpdated { profile { givenName version } } } }`;

test('who may not write may not; who may sees what came of it', async () => {
  const { ctx, shopper } = await aCustomer();
  const variables = {
    input: { profileId: globalId('Profile', shopper.id), version: 1, givenName: 'Мария' },
  };
  for (const role of ['ANALYST', 'STORE_MANAGER', 'SALES_ASSISTANT', 'INTEGRATOR'] as const) {
    const { session } = await aSession(ctx, [role]);
    const { errors } = await it.app.graphql({ query: UPDATE, variables, session });
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  const { session } = await aSession(ctx, ['MARKETER']);
  expect((await it.app.graphql({ query: UPDATE, variables, session })).data).toEqual({
    updateCustomer: { __typename: 'CustomerUpdated', profile: { givenName: 'Мария', version: 2 } },
  });
});
