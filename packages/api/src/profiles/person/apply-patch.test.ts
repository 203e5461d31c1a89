import { expect, test } from 'vitest';
import type { EnrichmentRule } from '../attributes/enrichment.ts';
import { applyPatch, NOTHING_KNOWN } from './apply-patch.ts';

const site = (at: string) => ({ source: 'site', at });

test('absent leaves, null clears, lists replace, attributes go name by name', () => {
  const first = applyPatch(
    NOTHING_KNOWN,
    { givenName: 'Анна', tags: ['vip', 'spa'], attributes: { size: 'M', colour: 'red' } },
    site('2026-01-01'),
  ).person;
  const { person, changed } = applyPatch(
    first,
    { familyName: 'Петрова', givenName: null, tags: ['new'], attributes: { size: null, city: 'Уфа' } },
    site('2026-02-01'),
  );
  expect(person).toMatchObject({
    givenName: null,
    familyName: 'Петрова',
    tags: ['new'],
    attributes: { colour: 'red', city: 'Уфа' },
  });
  expect(changed).toEqual(['givenName', 'familyName', 'tags', 'attributes.size', 'attributes.city']);
  expect(person.origins['attributes.colour']).toEqual(site('2026-01-01'));
});

test('an older copy never overwrites a newer value, nor brings back a cleared one', () => {
  const newer = applyPatch(
    NOTHING_KNOWN,
    { givenName: 'Анна', birthDate: '1990-05-01' },
    site('2026-02-01'),
  ).person;
  const cleared = applyPatch(newer, { birthDate: null }, site('2026-02-02')).person;
  const { person, changed } = applyPatch(
    cleared,
    { givenName: 'Аня', birthDate: '1991-01-01', familyName: 'Петрова' },
    site('2026-01-01'),
  );
  expect(person).toMatchObject({ givenName: 'Анна', birthDate: null, familyName: 'Петрова' });
  expect(changed).toEqual(['familyName']);
});

test('the same again changes nothing, whatever the order of an object’s fields', () => {
  const { person } = applyPatch(
    NOTHING_KNOWN,
    { givenName: 'Анна', attributes: { sizes: { top: 'M', shoe: 38 } } },
    site('2026-01-01'),
  );
  const again = applyPatch(
    person,
    { givenName: 'Анна', attributes: { sizes: { shoe: 38, top: 'M' } } },
    site('2026-03-01'),
  );
  expect(again.changed).toEqual([]);
  expect(again.person).toEqual(person);
});

test('each value follows its own rule; what staff decide goes past every rule', () => {
  const rules = new Map<string, EnrichmentRule>([
    ['attributes.first', { kind: 'FIRST' }],
    ['attributes.best', { kind: 'SOURCE_PRIORITY', sources: ['crm', 'site'] }],
  ]);
  const known = applyPatch(
    NOTHING_KNOWN,
    { attributes: { first: 1, best: 'of the site', last: 1 } },
    site('2026-01-02'),
    rules,
  ).person;
  const told = { attributes: { first: 2, best: 'of a survey', last: 2 } };
  const survey = applyPatch(known, told, { source: 'survey', at: '2026-01-03' }, rules);
  expect(survey.person.attributes).toEqual({ first: 1, best: 'of the site', last: 2 });
  expect(survey.changed).toEqual(['attributes.last']);
  const crm = applyPatch(known, told, { source: 'crm', at: '2026-01-01' }, rules);
  expect(crm.person.attributes).toEqual({ first: 2, best: 'of a survey', last: 1 });
  const staff = applyPatch(known, told, { source: 'admin', at: '2025-01-01' }, 'DECIDED');
  expect(staff.person.attributes).toEqual(told.attributes);
  expect(staff.person.origins['attributes.best']).toEqual({ source: 'admin', at: '2025-01-01' });
});

test('the preferred store and channel, and “do not disturb”, carry their origins too', () => {
  const { person, changed } = applyPatch(
    NOTHING_KNOWN,
    { preferredStoreId: 's1', preferredChannel: 'VIBER', doNotDisturb: true },
    site('2026-01-01'),
  );
  expect(changed).toEqual(['preferredStoreId', 'preferredChannel', 'doNotDisturb']);
  expect(applyPatch(person, { doNotDisturb: false }, site('2025-12-31')).changed).toEqual([]);
});
