import { expect, test } from 'vitest';
import { InvalidInput, RequestError, VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { aBrand, aStore, aTill, asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aDraft, aShop, atTill, refusal, sold } from '../../testing/orders.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { CurrencyFixed, StillInUse } from '../company.errors.ts';
import { revokeTill } from '../tills/revoke-till.ts';
import { createStore } from '../stores/create-store.ts';
import { archiveStore, editStore } from '../stores/edit-store.ts';
import { readStores } from '../stores/read-stores.ts';
import { createBrand } from './create-brand.ts';
import { archiveBrand, editBrand } from './edit-brand.ts';
import { readBrands } from './read-brands.ts';

const it = useTestApp();

async function owner(name = 'Мария') {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, ['OWNER'], { name }));
}

async function brandRow(id: string) {
  const [brand] = await readBrands(asSystem(it.app.context()), { ids: [id] });
  return brand;
}

async function storeRow(id: string) {
  return it.app.context().sql.selectFrom('store').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function auditOf(subject: string) {
  return it.app
    .context()
    .sql.selectFrom('audit_entry')
    .select(['action', 'actor_kind', 'facts'])
    .where('subject', '=', subject)
    .orderBy('id')
    .execute();
}

test('a brand is made, edited and told of in the audit with what was before', async () => {
  const ctx = await owner();
  const code = `north-${newId()}`;
  const id = await createBrand(ctx, { code, name: 'Север' });
  await editBrand(ctx, { id, version: 1, code, name: 'Полюс' });
  expect(await brandRow(id)).toEqual({
    id,
    code,
    name: 'Полюс',
    version: 2,
    createdAt: it.app.clock.now(),
    archivedAt: null,
  });
  expect(await auditOf(`brand:${id}`)).toEqual([
    { action: 'brand.created', actor_kind: 'STAFF', facts: { after: { code, name: 'Север' } } },
    {
      action: 'brand.changed',
      actor_kind: 'STAFF',
      facts: { before: { name: 'Север' }, after: { name: 'Полюс' } },
    },
  ]);
});

test('the same again changes nothing and is not noted', async () => {
  const ctx = await owner();
  const id = await aBrand(ctx, { name: 'Юг' });
  const brand = await brandRow(id);
  await editBrand(ctx, { id, version: 1, code: brand?.code ?? '', name: 'Юг' });
  expect(await brandRow(id)).toEqual(brand);
  expect(await auditOf(`brand:${id}`)).toHaveLength(1);
});

test('of two editors the later is told who was first, and changes nothing', async () => {
  const id = await aBrand(it.app.context());
  const { code = '' } = (await brandRow(id)) ?? {};
  await editBrand(await owner('Ольга'), { id, version: 1, code, name: 'Первая' });
  const late = await refusal(editBrand(await owner(), { id, version: 1, code, name: 'Вторая' }));
  expect(late).toBeInstanceOf(VersionConflict);
  expect(late).toMatchObject({ version: 2, changedBy: 'Ольга', changedAt: it.app.clock.now() });
  expect((await brandRow(id))?.name).toBe('Первая');
});

test('two editors at once: one wins', async () => {
  const id = await aBrand(it.app.context());
  const { code = '' } = (await brandRow(id)) ?? {};
  const names = ['А', 'Б', 'В', 'Г'];
  const editors = await Promise.all(names.map(() => owner()));
  const outcomes = await Promise.all(
    editors.map((ctx, index) => refusal(editBrand(ctx, { id, version: 1, code, name: names[index] ?? '' }))),
  );
  expect(outcomes.filter((outcome) => outcome === 'it was accepted')).toHaveLength(1);
  expect(outcomes.filter((outcome) => outcome instanceof VersionConflict)).toHaveLength(3);
  expect((await brandRow(id))?.version).toBe(2);
});

test('a code is taken once', async () => {
  const ctx = await owner();
  const code = `code-${newId()}`;
  await createBrand(ctx, { code, name: 'Первая' });
  const other = await aBrand(ctx);
  const problems = [{ path: ['code'], code: 'DUPLICATE', message: 'is taken already' }];
  expect(await refusal(createBrand(ctx, { code, name: 'Вторая' }))).toMatchObject({ problems });
  expect(await refusal(editBrand(ctx, { id: other, version: 1, code, name: 'Вторая' }))).toMatchObject({
    problems,
  });
  expect((await brandRow(other))?.version).toBe(1);
});

test('a brand with stores in use is not put away; without them it is, and comes back', async () => {
  const ctx = await owner();
  const store = await aStore(ctx);
  const { brandId } = store;
  const used = await refusal(archiveBrand(ctx, { id: brandId, version: 1, archived: true }));
  expect(used).toEqual(new StillInUse('STORES', 1));
  expect((await brandRow(brandId))?.archivedAt).toBeNull();
  await archiveStore(ctx, { id: store.id, version: 1, archived: true });
  await archiveBrand(ctx, { id: brandId, version: 1, archived: true });
  expect((await readBrands(ctx)).some(({ id }) => id === brandId)).toBe(false);
  expect((await readBrands(ctx, { archived: true })).find(({ id }) => id === brandId)?.archivedAt).toEqual(
    it.app.clock.now(),
  );
  const inside = {
    code: newId(),
    name: 'Магазин',
    timeZone: 'Europe/Moscow',
    currency: 'RUB',
    country: 'RU',
  };
  expect(await refusal(createStore(ctx, { ...inside, brandId, language: 'ru' }))).toMatchObject({
    problems: [{ path: ['brandId'], code: 'UNKNOWN' }],
  });
  await archiveBrand(ctx, { id: brandId, version: 2, archived: false });
  expect((await brandRow(brandId))?.archivedAt).toBeNull();
});

const FIELDS = {
  name: 'Казань, Баумана',
  timeZone: 'Asia/Yekaterinburg',
  currency: 'KZT',
  country: 'KZ',
  language: 'en' as const,
};

test('every field of a store without orders can be changed', async () => {
  const ctx = await owner();
  const { id, brandId } = await aStore(ctx);
  const code = `moved-${newId()}`;
  await editStore(ctx, { id, version: 1, code, ...FIELDS });
  expect(await storeRow(id)).toMatchObject({
    brand_id: brandId,
    code,
    name: FIELDS.name,
    time_zone: 'Asia/Yekaterinburg',
    currency: 'KZT',
    country: 'KZ',
    language: 'en',
    version: 2,
  });
});

test('a store with orders keeps its currency; all else may change', async () => {
  const ctx = await owner();
  const shop = await aShop(asSystem(ctx));
  await sold(await atTill(asSystem(ctx), shop), aDraft());
  const edit = { id: shop.storeId, version: 1, code: shop.storeCode, ...FIELDS };
  const before = await storeRow(shop.storeId);
  expect(await refusal(editStore(ctx, edit))).toEqual(new CurrencyFixed('RUB'));
  expect(await storeRow(shop.storeId)).toEqual(before);
  await editStore(ctx, { ...edit, currency: 'RUB' });
  expect(await storeRow(shop.storeId)).toMatchObject({ name: FIELDS.name, currency: 'RUB', version: 2 });
});

test.each([
  ['timeZone', { timeZone: 'Europe/Atlantis' }, 'UNKNOWN'],
  ['currency', { currency: 'XYZ' }, 'UNKNOWN'],
  ['country', { country: 'ZZ' }, 'UNKNOWN'],
  ['name', { name: '   ' }, 'REQUIRED'],
  ['name', { name: 'x'.repeat(201) }, 'RANGE'],
  ['name', { name: 'строка\nдругая' }, 'FORMAT'],
  ['code', { code: ' 01' }, 'FORMAT'],
])('a wrong %s is told, and nothing changes', async (field, wrong, code) => {
  const ctx = await owner();
  const { id, code: known } = await aStore(ctx);
  const before = await storeRow(id);
  const refused = await refusal(editStore(ctx, { id, version: 1, code: known, ...FIELDS, ...wrong }));
  expect(refused).toBeInstanceOf(InvalidInput);
  expect(refused).toMatchObject({ problems: [{ path: [field], code }] });
  expect(await storeRow(id)).toEqual(before);
});

test('a store with a device at work is not put away before its till is revoked', async () => {
  const ctx = await owner();
  const till = await aTill(ctx);
  const archive = { id: till.store.id, version: 1, archived: true };
  expect(await refusal(archiveStore(ctx, archive))).toEqual(new StillInUse('TILLS', 1));
  await revokeTill(ctx, { tillId: till.id });
  await archiveStore(ctx, archive);
  expect((await storeRow(till.store.id)).archived_at).toEqual(it.app.clock.now());
  const after = (archived: boolean) =>
    readStores(ctx, { brandId: till.store.brandId, archived, after: null, limit: 10 });
  expect(await after(false)).toEqual([]);
  expect((await after(true)).map(({ id }) => id)).toEqual([till.store.id]);
});

test('stores are found by a part of name or code, whatever signs are in it, page by page', async () => {
  const ctx = await owner();
  const brandId = await aBrand(ctx);
  for (const name of ['Б 100%', 'А_1', 'В 100 %']) await aStore(ctx, { brandId, name });
  const names = async (search: string | null, limit = 10, after: readonly [string, string] | null = null) =>
    (await readStores(ctx, { brandId, search, after, limit })).map(({ name }) => name);
  expect(await names(null)).toEqual(['А_1', 'Б 100%', 'В 100 %']);
  expect(await names('100%')).toEqual(['Б 100%']);
  expect(await names('_')).toEqual(['А_1']);
  const [first] = await readStores(ctx, { brandId, after: null, limit: 1 });
  expect(await names(null, 2, [first?.name ?? '', first?.id ?? ''])).toEqual(['Б 100%', 'В 100 %']);
});

test('whose role holds in one store sees that store and its brand, and changes nothing', async () => {
  const ctx = it.app.context();
  const mine = await aStore(ctx);
  const other = await aStore(ctx);
  const manager = asActor(ctx, await staffActor(ctx, ['STORE_MANAGER'], { storeIds: [mine.id] }));
  expect((await readBrands(manager)).map(({ id }) => id)).toEqual([mine.brandId]);
  expect((await readStores(manager, { after: null, limit: 10 })).map(({ id }) => id)).toEqual([mine.id]);
  const edit = editStore(manager, { id: mine.id, version: 1, code: mine.code, ...FIELDS });
  expect(await refusal(edit)).toBeInstanceOf(RequestError);
  const ofBrand = asActor(ctx, await staffActor(ctx, ['OWNER'], { brandId: mine.brandId }));
  expect(
    await refusal(editBrand(ofBrand, { id: other.brandId, version: 1, code: 'x', name: 'x' })),
  ).toMatchObject({
    problems: [{ path: ['id'], code: 'UNKNOWN' }],
  });
  expect(await refusal(createBrand(ofBrand, { code: newId(), name: 'Моя' }))).toMatchObject({
    code: 'FORBIDDEN',
  });
});
