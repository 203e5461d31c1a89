import { expect, test } from 'vitest';
import { NOTHING_KNOWN, type KnownPerson } from '../person/apply-patch.ts';
import { beforeMerge, joinPersons, partPersons } from './join-persons.ts';

const TILL = { source: 'till', at: '2026-01-01T00:00:00Z' };
const SHOP = { source: 'shop', at: '2026-02-01T00:00:00Z' };

const survivor: KnownPerson = {
  ...NOTHING_KNOWN,
  givenName: 'Анна',
  tags: ['vip'],
  attributes: { size: 42 },
  origins: { givenName: TILL, 'attributes.size': TILL },
};
const other: KnownPerson = {
  ...NOTHING_KNOWN,
  givenName: 'Аня',
  familyName: 'Иванова',
  tags: ['vip', 'opt'],
  attributes: { size: 44, city: 'Тверь' },
  doNotDisturb: true,
  origins: { givenName: SHOP, familyName: SHOP, 'attributes.size': SHOP, 'attributes.city': SHOP },
};

test('the survivor’s values stay, gaps are filled, tags are joined; each value brings its origin', () => {
  const { person, changed } = joinPersons(survivor, other, []);
  expect(person).toEqual({
    ...survivor,
    familyName: 'Иванова',
    tags: ['vip', 'opt'],
    attributes: { size: 42, city: 'Тверь' },
    doNotDisturb: true,
    origins: { givenName: TILL, 'attributes.size': TILL, familyName: SHOP, 'attributes.city': SHOP },
  });
  expect(changed).toEqual(['familyName', 'attributes.city', 'tags', 'doNotDisturb']);
});

test('what was chosen is taken, a chosen gap too', () => {
  const { person } = joinPersons(survivor, other, [
    { field: 'givenName', from: 'OTHER' },
    { field: 'familyName', from: 'SURVIVOR' },
    { field: 'attributes.size', from: 'OTHER' },
  ]);
  expect(person).toMatchObject({ givenName: 'Аня', familyName: null, attributes: { size: 44 } });
  expect(person.origins).toMatchObject({ givenName: SHOP, 'attributes.size': SHOP });
});

test('parted they are what they were; what was changed since stays', () => {
  const joined = joinPersons(survivor, other, [{ field: 'givenName', from: 'OTHER' }]);
  const image = beforeMerge(survivor, joined);
  expect(partPersons(joined.person, image).person).toEqual(survivor);
  const edited = {
    ...joined.person,
    givenName: 'Анюта',
    tags: ['vip', 'opt', 'new'],
    origins: { ...joined.person.origins, givenName: { source: 'admin', at: '2026-03-01T00:00:00Z' } },
  };
  expect(partPersons(edited, image).person).toEqual({
    ...survivor,
    givenName: 'Анюта',
    tags: ['vip', 'new'],
    origins: { ...survivor.origins, givenName: { source: 'admin', at: '2026-03-01T00:00:00Z' } },
  });
});
