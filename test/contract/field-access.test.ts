import { beforeAll, expect, test } from 'vitest';
import type { GraphQLField } from 'graphql';
import { globalId } from '@clientele/api/src/platform/graphql/global-id.ts';
import { schema } from '@clientele/api/src/schema.ts';
import { aCashier, aKey, aTill } from '@clientele/api/src/testing/company.builders.ts';
import { minimalDocument } from './minimal-document.ts';
import { useServer } from './server.ts';

/**
 * Every root field, the scope it asks for, and who has it: T a till alone, C a cashier on it, S a self-service kiosk,
 * K a key with every scope. A field that is missing here, or here and not there, fails.
 */
const ACCESS: Record<string, [scope: string, callers: string]> = {
  'Query.node': ['node.read', 'CK'],
  // Whoever asks: the shopper behind his own token, else nobody.
  'Query.me': ['anybody', '-TCSK'],
  'Query.till': ['till.use', 'TCSK'],
  'Query.previewOrder': ['orders.preview', 'CSK'],
  'Query.previewReturn': ['orders.return', 'CK'],
  'Query.profile': ['profiles.read', 'CK'],
  'Query.order': ['orders.read', 'CK'],
  'Query.orders': ['orders.read', 'CK'],
  'Query.product': ['products.read', 'CSK'],
  'Query.products': ['products.read', 'CSK'],
  'Query.events': ['events.read', 'K'],
  'Query.eventStatistics': ['events.read', 'K'],
  'Query.eventDefinitions': ['events.read', 'K'],
  'Mutation.pairTill': ['anybody', '-TCSK'],
  // The use case wants a till with a cashier's place.
  'Mutation.signInCashier': ['till.use', 'TC'],
  'Mutation.signOutCashier': ['till.use', 'TCSK'],
  'Mutation.identifyShopper': ['shoppers.identify', 'CSK'],
  'Mutation.resendShopperCode': ['shoppers.identify', 'CSK'],
  'Mutation.confirmShopper': ['shoppers.identify', 'CSK'],
  'Mutation.updateShopper': ['shoppers.identify', 'CSK'],
  'Mutation.beginOrder': ['orders.begin', 'CSK'],
  'Mutation.commitOrder': ['orders.commit', 'TCSK'],
  'Mutation.cancelOrder': ['orders.commit', 'TCSK'],
  'Mutation.returnOrder': ['orders.return', 'CK'],
  'Mutation.attachShopper': ['orders.attach', 'CK'],
  'Mutation.recordOrders': ['orders.record', 'TCSK'],
  'Mutation.recordReturns': ['orders.record', 'TCSK'],
  'Mutation.upsertProfiles': ['profiles.write', 'K'],
  'Mutation.upsertProducts': ['products.write', 'K'],
  'Mutation.recordEvents': ['events.write', 'K'],
  'Mutation.saveEventDefinition': ['events.write', 'K'],
  'Mutation.archiveEventDefinition': ['events.write', 'K'],
  'Mutation.adjustPoints': ['points.adjust', 'K'],
  'Mutation.advanceDemoClock': ['demo.clock', 'K'],
  'Query.brands': ['settings.read', 'K'],
  'Query.stores': ['settings.read', 'K'],
  'Query.tills': ['settings.read', 'K'],
  'Query.apiKeys': ['keys.manage', 'K'],
  'Query.grantableScopes': ['keys.manage', 'K'],
  'Query.staffMembers': ['staff.manage', 'K'],
  'Query.staffMember': ['staff.manage', 'K'],
  'Query.auditEntries': ['audit.read', 'K'],
  'Query.auditActions': ['audit.read', 'K'],
  'Query.systemHealth': ['system.read', 'K'],
  'Query.attributeDefinitions': ['node.read', 'CK'],
  'Query.profileEnrichment': ['settings.read', 'K'],
  'Query.consentTextVersions': ['settings.read', 'K'],
  'Query.consentTopics': ['node.read', 'CK'],
  'Mutation.createBrand': ['settings.write', 'K'],
  'Mutation.editBrand': ['settings.write', 'K'],
  'Mutation.archiveBrand': ['settings.write', 'K'],
  'Mutation.createStore': ['settings.write', 'K'],
  'Mutation.editStore': ['settings.write', 'K'],
  'Mutation.archiveStore': ['settings.write', 'K'],
  'Mutation.createTill': ['settings.write', 'K'],
  'Mutation.renameTill': ['settings.write', 'K'],
  'Mutation.issuePairingCode': ['settings.write', 'K'],
  'Mutation.revokeTill': ['settings.write', 'K'],
  'Mutation.defineAttribute': ['settings.write', 'K'],
  'Mutation.editAttribute': ['settings.write', 'K'],
  'Mutation.archiveAttribute': ['settings.write', 'K'],
  'Mutation.setProfileEnrichment': ['settings.write', 'K'],
  'Mutation.publishConsentText': ['settings.write', 'K'],
  'Mutation.defineConsentTopic': ['settings.write', 'K'],
  'Mutation.renameConsentTopic': ['settings.write', 'K'],
  'Mutation.archiveConsentTopic': ['settings.write', 'K'],
  'Mutation.grantApiKey': ['keys.manage', 'K'],
  'Mutation.revokeApiKey': ['keys.manage', 'K'],
  'Mutation.addStaff': ['staff.manage', 'K'],
  'Mutation.editStaff': ['staff.manage', 'K'],
  'Mutation.setStaffPin': ['staff.manage', 'K'],
  'Mutation.setStaffRoles': ['staff.manage', 'K'],
  'Mutation.setStaffStatus': ['staff.manage', 'K'],
  'Mutation.exportAudit': ['audit.read', 'K'],
  'Mutation.settleJob': ['system.read', 'K'],
};

const server = useServer();
const CALLERS = ['-', 'T', 'C', 'S', 'K'] as const;
const tokens = new Map<string, string>();

beforeAll(async () => {
  const ctx = server.app.context();
  const till = await aTill(ctx);
  tokens.set('T', till.token);
  tokens.set('C', (await aCashier(ctx, { till })).token);
  tokens.set('S', (await aTill(ctx, { kind: 'KIOSK' })).token);
  tokens.set('K', (await aKey(ctx)).token);
});

/** An id of the right form, of a row nobody has. */
const KNOWN_FORM = globalId('Store', '01938f6e-0000-7000-8000-000000000000');

type RootField = GraphQLField<unknown, unknown>;

function rootFields(): [name: string, operation: 'query' | 'mutation', field: RootField][] {
  const of = (operation: 'query' | 'mutation', type: ReturnType<typeof schema.getQueryType>) =>
    Object.values(type?.getFields() ?? {}).map((field): [string, 'query' | 'mutation', RootField] => [
      `${type?.name}.${field.name}`,
      operation,
      field,
    ]);
  return [...of('query', schema.getQueryType()), ...of('mutation', schema.getMutationType())];
}

function scopeOf({ extensions }: RootField): string {
  const { pothosOptions } = extensions as { pothosOptions?: { authScopes?: unknown } };
  const scopes = pothosOptions?.authScopes;
  if (typeof scopes !== 'object' || scopes === null) return 'NONE';
  if ('anybody' in scopes && scopes.anybody === true) return 'anybody';
  return 'can' in scopes && typeof scopes.can === 'string' ? scopes.can : 'NONE';
}

test('every root field names its scope, and it is the one of the table', () => {
  const scopes = Object.fromEntries(rootFields().map(([name, , field]) => [name, scopeOf(field)]));
  const expected = Object.fromEntries(Object.entries(ACCESS).map(([name, [scope]]) => [name, scope]));
  expect(scopes).toEqual(expected);
});

test('each kind of caller gets through to exactly its own fields', async () => {
  const allowed: Record<string, string> = {};
  for (const [name, operation, field] of rootFields()) {
    // Signing off ends the session the others are asked with: it stands in a test of its own.
    if (name === 'Mutation.signOutCashier') continue;
    let callers = '';
    for (const caller of CALLERS) {
      const token = tokens.get(caller);
      const { codes, status } = await server.post(
        { query: minimalDocument(operation, field, KNOWN_FORM) },
        token === undefined ? {} : { authorization: `Bearer ${token}` },
      );
      expect([name, caller, status, codes.includes('INTERNAL')]).toEqual([name, caller, 200, false]);
      const refused = codes.find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
      if (refused === undefined) callers += caller;
      else
        expect([name, caller, refused]).toEqual([
          name,
          caller,
          caller === '-' ? 'UNAUTHENTICATED' : 'FORBIDDEN',
        ]);
    }
    allowed[name] = callers;
  }
  const { 'Mutation.signOutCashier': own, ...others } = ACCESS;
  expect(own).toEqual(['till.use', 'TCSK']);
  expect(allowed).toEqual(
    Object.fromEntries(Object.entries(others).map(([name, [, callers]]) => [name, callers])),
  );
});

test('a token that is none is refused before anything else', async () => {
  const junk = ['Bearer ct_short', `Bearer ck_${'x'.repeat(43)}`, 'Basic dXNlcjpwYXNz', 'Bearer'];
  for (const authorization of junk) {
    const { status, codes } = await server.post({ query: '{ __typename }' }, { authorization });
    expect([authorization, status, codes]).toEqual([authorization, 401, ['UNAUTHENTICATED']]);
  }
});

test('a cashier who signed off is out, the till alone is not', async () => {
  const ctx = server.app.context();
  const cashier = await aCashier(ctx);
  const ask = (token: string, query: string) => server.post({ query }, { authorization: `Bearer ${token}` });
  const out = await ask(cashier.token, 'mutation { signOutCashier }');
  expect(out.data).toEqual({ signOutCashier: true });
  server.app.clock.advance(3_000);
  expect((await ask(cashier.token, '{ till { name } }')).status).toBe(401);
  expect((await ask(cashier.till.token, '{ till { name } }')).codes).toEqual([]);
});
