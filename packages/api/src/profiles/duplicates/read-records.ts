import type { Context } from '../../platform/context.ts';
import type { FieldKind, MatchRecord } from './matching/match-record.ts';

/** Attributes that tell where somebody lives, by what they are compared as. */
const PLACES: Readonly<Record<string, FieldKind>> = {
  city: 'CITY',
  street: 'STREET',
  address: 'STREET',
  house: 'HOUSE',
  postcode: 'POSTCODE',
  zip: 'POSTCODE',
  region: 'REGION',
};

const LOCAL_DIGITS = 10;

/** People as matching sees them, their contacts opened for it; those merged, erased or unknown are left out. */
export async function readRecords(ctx: Context, ids: readonly string[]): Promise<MatchRecord[]> {
  if (ids.length === 0) return [];
  const persons = await ctx.sql
    .selectFrom('profile')
    .select(['id', 'given_name', 'family_name', 'patronymic', 'birth_date', 'attributes'])
    .where((eb) => eb('id', '=', eb.fn.any(eb.val([...ids]))))
    .where('kind', '=', 'PERSON')
    .where('merged_into', 'is', null)
    .where('erased_at', 'is', null)
    .execute();
  const contacts = await ctx.sql
    .selectFrom('identity')
    .select(['profile_id', 'kind', 'sealed'])
    .where((eb) => eb('profile_id', '=', eb.fn.any(eb.val([...ids]))))
    .where('kind', 'in', ['PHONE', 'EMAIL'])
    .orderBy('position')
    .execute();
  const known = new Map(
    persons.map(({ id }): [string, { PHONE: string[]; EMAIL: string[] }] => [id, { PHONE: [], EMAIL: [] }]),
  );
  for (const { profile_id, kind, sealed } of contacts) {
    const value = ctx.vault.open(sealed);
    if (kind === 'PHONE') known.get(profile_id)?.PHONE.push(value.replaceAll(/\D/g, '').slice(-LOCAL_DIGITS));
    else known.get(profile_id)?.EMAIL.push(value);
  }
  return persons.map((person) => ({
    id: person.id,
    fields: present({
      ...placesOf(person.attributes),
      GIVEN_NAME: [person.given_name ?? ''],
      FAMILY_NAME: [person.family_name ?? ''],
      PATRONYMIC: [person.patronymic ?? ''],
      BIRTH_DATE: [person.birth_date?.replaceAll('-', '') ?? ''],
      ...known.get(person.id),
    }),
  }));
}

function placesOf(attributes: Record<string, unknown>): Partial<Record<FieldKind, string[]>> {
  return Object.fromEntries(
    Object.entries(PLACES).flatMap(([code, kind]) => {
      const value = attributes[code];
      return typeof value === 'string' || typeof value === 'number' ? [[kind, [String(value)]]] : [];
    }),
  );
}

function present(fields: Partial<Record<FieldKind, string[]>>): MatchRecord['fields'] {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([kind, values]) => {
      const known = values.map((value) => value.trim()).filter(Boolean);
      return known.length === 0 ? [] : [[kind, known]];
    }),
  );
}

/** Values whose change may make somebody look like somebody else. */
export function tellsWho(field: string): boolean {
  const [head = '', code = ''] = field.split('.');
  if (head === 'attributes') return code in PLACES;
  return [
    'givenName',
    'familyName',
    'patronymic',
    'birthDate',
    'phones',
    'emails',
    'phone',
    'email',
    'identities',
  ].includes(head);
}
