import { expect, test } from 'vitest';
import { VersionConflict } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { asActor, asSystem } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { refusal } from '../../testing/orders.builders.ts';
import { staffActor } from '../../testing/staff.builders.ts';
import { attributeDefinitions, validateAttributes } from './definitions.ts';
import { enrichmentRules, setStandardRules, standardRules } from './enrichment-rules.ts';
import { archiveAttribute, defineAttribute, editAttribute, type NewAttribute } from './save-attribute.ts';

const it = useTestApp();

async function as(role: 'OWNER' | 'MARKETER' = 'OWNER') {
  const ctx = it.app.context();
  return asActor(ctx, await staffActor(ctx, [role]));
}

let codes = 0;

function anAttribute(facts: Partial<NewAttribute> = {}): NewAttribute {
  codes += 1;
  return {
    code: `attribute${codes}`,
    nameRu: 'Размер обуви',
    nameEn: 'Shoe size',
    type: 'NUMBER',
    choices: [],
    personal: false,
    enrichment: { kind: 'NEWEST' },
    ...facts,
  };
}

async function stored(id: string) {
  const all = await attributeDefinitions(it.app.context(), { archived: true });
  return all.find((one) => one.id === id);
}

const CHOICES = [
  { code: 's', nameRu: 'Маленький', nameEn: 'Small' },
  { code: 'm', nameRu: 'Средний', nameEn: 'Medium' },
];

test('an attribute is defined and told of whole, with its rule', async () => {
  const ctx = await as();
  const input = anAttribute({
    type: 'CHOICE',
    choices: CHOICES,
    personal: true,
    enrichment: { kind: 'SOURCE_PRIORITY', sources: ['1c', 'site'] },
  });
  const id = await defineAttribute(ctx, input);
  const now = it.app.clock.now();
  expect(await stored(id)).toEqual({
    id,
    ...input,
    version: 1,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
  });
  const rules = await enrichmentRules(ctx);
  expect(rules(`attributes.${input.code}`)).toEqual({ kind: 'SOURCE_PRIORITY', sources: ['1c', 'site'] });
  expect(rules('attributes.unknown')).toEqual({ kind: 'NEWEST' });
});

test('what is defined is taken at once, and refused once put away', async () => {
  const ctx = await as();
  const { code, ...rest } = anAttribute();
  const id = await defineAttribute(ctx, { code, ...rest });
  const read = () => validateAttributes(ctx, { [code]: 42 });
  expect(await read()).toEqual({ values: { [code]: 42 }, problems: [] });
  await archiveAttribute(ctx, { id, version: 1, archived: true });
  const unknown = { path: ['attributes', code], code: 'UNKNOWN', message: 'is no attribute of this company' };
  expect(await read()).toEqual({ values: {}, problems: [unknown] });
  await archiveAttribute(ctx, { id, version: 2, archived: false });
  expect((await read()).problems).toEqual([]);
});

test('names, choices, privacy and rule change; code and type do not', async () => {
  const ctx = await as();
  const input = anAttribute({ type: 'MULTI_CHOICE', choices: CHOICES });
  const id = await defineAttribute(ctx, input);
  const changes = {
    nameRu: 'Что носит',
    nameEn: 'Wears',
    choices: CHOICES.slice(1),
    personal: true,
    enrichment: { kind: 'FIRST' as const },
  };
  await editAttribute(ctx, { id, version: 1, ...changes });
  expect(await stored(id)).toMatchObject({ code: input.code, type: 'MULTI_CHOICE', ...changes, version: 2 });
  const late = editAttribute(ctx, { id, version: 1, ...changes, nameRu: 'Другое' });
  expect(await refusal(late)).toBeInstanceOf(VersionConflict);
  expect((await validateAttributes(ctx, { [input.code]: ['s'] })).problems).toMatchObject([
    { code: 'UNKNOWN' },
  ]);
});

test.each<[string, Partial<NewAttribute>, string[], string]>([
  ['__proto__', { code: '__proto__' }, ['code'], 'FORMAT'],
  ['constructor', { code: 'constructor' }, ['code'], 'FORMAT'],
  ['prototype', { code: 'prototype' }, ['code'], 'FORMAT'],
  ['a code of SQL', { code: `x'; drop table profile; --` }, ['code'], 'FORMAT'],
  ['a Russian code', { code: 'размер' }, ['code'], 'FORMAT'],
  ['a code of 51 letters', { code: 'x'.repeat(51) }, ['code'], 'FORMAT'],
  ['no name', { nameRu: '' }, ['nameRu'], 'REQUIRED'],
  ['a choice without choices', { type: 'CHOICE' }, ['choices'], 'REQUIRED'],
  ['choices of a number', { choices: CHOICES }, ['choices'], 'MISMATCH'],
  [
    'one choice twice',
    { type: 'CHOICE', choices: [...CHOICES, ...CHOICES.slice(0, 1)] },
    ['choices', '2', 'code'],
    'DUPLICATE',
  ],
  [
    'no first source',
    { enrichment: { kind: 'SOURCE_PRIORITY', sources: [] } },
    ['enrichment', 'sources'],
    'REQUIRED',
  ],
  [
    'one source twice',
    { enrichment: { kind: 'SOURCE_PRIORITY', sources: ['a', 'a'] } },
    ['enrichment', 'sources', '1'],
    'DUPLICATE',
  ],
])('%s is refused, and nothing is defined', async (_what, wrong, path, code) => {
  const ctx = await as();
  const before = await attributeDefinitions(ctx, { archived: true });
  const refused = await refusal(defineAttribute(ctx, anAttribute(wrong)));
  expect(refused).toMatchObject({ problems: [{ path, code }] });
  expect(await attributeDefinitions(ctx, { archived: true })).toEqual(before);
});

test('a code is defined once, archived or not', async () => {
  const ctx = await as();
  const input = anAttribute();
  const id = await defineAttribute(ctx, input);
  await archiveAttribute(ctx, { id, version: 1, archived: true });
  expect(await refusal(defineAttribute(ctx, input))).toMatchObject({
    problems: [{ path: ['code'], code: 'DUPLICATE' }],
  });
});

test('the usual fields follow NEWEST until somebody decides otherwise', async () => {
  const ctx = await as();
  const before = await standardRules(ctx);
  expect(before.rules.every(({ rule }) => rule.kind === 'NEWEST')).toBe(true);
  const rule = { kind: 'SOURCE_PRIORITY', sources: ['1c'] } as const;
  const change = { version: before.version, rules: [{ field: 'birthDate' as const, rule }] };
  await setStandardRules(ctx, change);
  const rules = await enrichmentRules(ctx);
  expect([rules('birthDate'), rules('givenName')]).toEqual([rule, { kind: 'NEWEST' }]);
  expect(await refusal(setStandardRules(ctx, change))).toBeInstanceOf(VersionConflict);
  const noted = await ctx.sql
    .selectFrom('audit_entry')
    .select('facts')
    .where('subject', '=', 'setting:profile-enrichment')
    .execute();
  expect(noted).toEqual([{ facts: { before: { birthDate: null }, after: { birthDate: rule } } }]);
});

test('a marketer sees definitions and changes none', async () => {
  const ctx = await as('MARKETER');
  const id = await defineAttribute(asSystem(ctx), anAttribute());
  const attempts = [
    defineAttribute(ctx, anAttribute()),
    editAttribute(ctx, { id, version: 1, ...anAttribute() }),
    archiveAttribute(ctx, { id, version: 1, archived: true }),
    setStandardRules(ctx, { version: 0, rules: [] }),
  ];
  for (const attempt of attempts) expect(await refusal(attempt)).toMatchObject({ code: 'FORBIDDEN' });
  expect(await stored(id)).toMatchObject({ version: 1, archivedAt: null });
  expect(
    await refusal(editAttribute(await as(), { id: newId(), version: 1, ...anAttribute() })),
  ).toMatchObject({
    problems: [{ path: ['id'], code: 'UNKNOWN' }],
  });
});
