import {
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLField,
  type GraphQLObjectType,
} from 'graphql';
import { beforeAll, expect, test } from 'vitest';
import type { Role } from '@clientele/shared/permissions';
import { upsertProfiles } from '@clientele/api/src/profiles/index.ts';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { schema } from '@clientele/api/src/schema.ts';
import { asSystem } from '@clientele/api/src/testing/company.builders.ts';
import { useTestApp } from '@clientele/api/src/testing/create-test-app.ts';
import { aShop } from '@clientele/api/src/testing/orders.builders.ts';
import { aRecord, record } from '@clientele/api/src/testing/records.builders.ts';
import { aSession } from '@clientele/api/src/testing/staff.builders.ts';

/**
 * 20: an analyst asks for a phone by every path there is. Whatever root field of the schema the role opens is asked for
 * everything below it, so a field added tomorrow is asked too.
 */
const it = useTestApp();

const PHONE = '+79161234567';
const EMAIL = 'secret.person@mail.example';
const CARD = '4600123412341234';
/** What would tell of a contact, in full or masked: the last digits, the beginning of a domain. */
const TELLING = /9161234567|\d\d-67\b|•\d|mail\.example|46001234|12341234|•1234/;

const sessions = new Map<Role, string>();
let profileId = '';
let orderId = '';
let rejectedId = '';

beforeAll(async () => {
  const ctx = asSystem(it.app.context());
  const shop = await aShop(ctx);
  const { results } = await upsertProfiles(ctx, {
    requestId: null,
    source: 'crm',
    profiles: [{ externalId: 'c-1', phones: [PHONE], emails: [EMAIL], cards: [CARD], givenName: 'Анна' }],
  });
  profileId = results[0]?.profileId ?? '';
  expect(profileId).not.toBe('');
  const [order] = await record(ctx, 'site', aRecord(shop, { profile: { phone: PHONE } }), {
    ...aRecord(shop),
    profile: { phone: 'wrong' },
  });
  orderId = order?.orderId ?? '';
  const rejected = await ctx.sql.selectFrom('rejected_record').select('id').executeTakeFirst();
  rejectedId = rejected?.id ?? newId();
  for (const role of ['ANALYST', 'INTEGRATOR', 'SALES_ASSISTANT', 'MARKETER'] as const)
    sessions.set(role, (await aSession(ctx, [role])).session);
});

/** Arguments with which a root field gives something of this shopper. */
function argumentsOf(field: string): string[] | null {
  const id = (type: string, local: string) => JSON.stringify(globalId(type, local));
  const given: Record<string, string[]> = {
    node: [`id: ${id('Profile', profileId)}`, `id: ${id('Order', orderId)}`],
    profile: [
      `ref: { id: ${id('Profile', profileId)} }`,
      `ref: { phone: "${PHONE}" }`,
      `ref: { external: { source: "crm", id: "c-1" } }`,
    ],
    customers: ['first: 5', `first: 5, filter: { search: "Анна" }`],
    order: [`ref: { id: ${id('Order', orderId)} }`],
    rejectedRecord: [`id: ${id('RejectedRecord', rejectedId)}`],
    rejectedRecords: ['first: 5'],
    orders: ['first: 5'],
    events: ['first: 5'],
    product: ['ref: { sku: "goods" }'],
    exchangeSource: ['kind: ORDERS, source: "site"'],
    importFields: ['kind: PROFILES'],
    savedViews: ['page: "customers"'],
  };
  return given[field] ?? null;
}

type Field = GraphQLField<unknown, unknown>;

interface Place {
  /** From the root field inwards, each opening a brace: `{ orders(first: 5) { edges {`. */
  opening: string;
  depth: number;
  /** Fields without anything below. */
  leaves: string[];
}

/** Every object that can be reached below a type without being told arguments, with what can be read of it. */
function placesBelow(type: unknown, opening: string, depth: number, seen: readonly string[]): Place[] {
  const named = getNamedType(type as GraphQLObjectType);
  if (isUnionType(named) || isInterfaceType(named))
    return schema
      .getPossibleTypes(named)
      .filter(({ name }) => !seen.includes(name))
      .flatMap((member) => placesBelow(member, `${opening} ... on ${member.name} {`, depth + 1, seen));
  if (!isObjectType(named) || seen.includes(named.name) || seen.length > DEEPEST) return [];
  const fields = Object.values(named.getFields()).filter(
    (field: Field) => !field.args.some(isRequiredArgument),
  );
  const [leaves, others] = [
    fields.filter(({ type: of }) => isLeafType(getNamedType(of))),
    fields.filter(({ type: of }) => !isLeafType(getNamedType(of))),
  ];
  const below = others.flatMap((field: Field) => {
    const paged = field.args.some(({ name }) => name === 'first') ? '(first: 3)' : '';
    return placesBelow(field.type, `${opening} ${field.name}${paged} {`, depth + 1, [...seen, named.name]);
  });
  return [{ opening, depth, leaves: leaves.map(({ name }) => name) }, ...below];
}

/** Objects within objects; the same kind is not gone through twice on one way. */
const DEEPEST = 4;

function documentOf({ opening, depth }: Place, leaves: readonly string[]): string {
  return `${opening} __typename ${leaves.join(' ')} ${'}'.repeat(depth)}`;
}

interface Asked {
  /** Root fields and places that gave something away. */
  told: string[];
  /** Root fields that gave anything at all. */
  answered: Set<string>;
}

/** @param roots these only; absent: whatever the schema has */
async function answersTo(role: Role, roots?: readonly string[]): Promise<Asked> {
  const [told, answered] = [[] as string[], new Set<string>()];
  const session = sessions.get(role) ?? '';
  const ask = async (name: string, query: string): Promise<boolean> => {
    const { data, errors } = await it.app.graphql({ query, session });
    if (data?.[name] !== null && data?.[name] !== undefined) answered.add(name);
    const text = JSON.stringify(data ?? null);
    if (TELLING.test(text)) told.push(text);
    return errors === undefined;
  };
  for (const [name, field] of Object.entries(schema.getQueryType()?.getFields() ?? {})) {
    if (roots !== undefined && !roots.includes(name)) continue;
    const given = argumentsOf(name) ?? ((field as Field).args.some(isRequiredArgument) ? [] : ['']);
    for (const values of given) {
      const opening = `{ ${name}${values === '' ? '' : `(${values})`} {`;
      for (const place of placesBelow(field.type, opening, 2, []))
        // What is refused hides what stands beside it: then each by itself.
        if (!(await ask(name, documentOf(place, place.leaves))))
          for (const leaf of place.leaves) await ask(name, documentOf(place, [leaf]));
    }
  }
  return { told, answered };
}

const PEOPLE = ['profile', 'customers'];

test('an analyst learns no phone, e-mail or card by any path, masked ones neither', async () => {
  const { told, answered } = await answersTo('ANALYST');
  expect(told).toEqual([]);
  for (const name of ['profile', 'customers', 'order', 'orders', 'node', 'rejectedRecords'])
    expect(answered).toContain(name);
  // Every path of the schema, one question each.
}, 300_000);

test('neither does an integrator, who reads no people at all', async () => {
  const { told } = await answersTo('INTEGRATOR', [...PEOPLE, 'rejectedRecord', 'rejectedRecords']);
  expect(told).toEqual([]);
});

test('the same questions do tell a sales assistant the last digits, and a marketer everything', async () => {
  const assistant = (await answersTo('SALES_ASSISTANT', PEOPLE)).told.join('\n');
  expect(assistant).toContain('45-67');
  expect(assistant).toContain('s•••@mail.example');
  expect(assistant).not.toContain(EMAIL);
  expect(assistant).not.toContain('9161234567');
  expect((await answersTo('MARKETER', PEOPLE)).told.join('\n')).toContain('9161234567');
});
