import { beforeAll, expect, test } from 'vitest';
import { schema } from '@clientele/api/src/schema.ts';
import { aCashier, aKey, aTill } from '@clientele/api/src/testing/company.builders.ts';
import { ACCESS, LISTENING } from './access-table.ts';
import { minimalDocument } from './minimal-document.ts';
import { KNOWN_FORM, rootFields, scopeOf, type RootField } from './root-fields.ts';
import { ownPage, useServer } from './server.ts';

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

test('every root field names its scope, and it is the one of the table', () => {
  const scopes = Object.fromEntries(rootFields().map(([name, , field]) => [name, scopeOf(field)]));
  const expected = Object.fromEntries(Object.entries(ACCESS).map(([name, [scope]]) => [name, scope]));
  expect(scopes).toEqual(expected);
  const listening = Object.entries(schema.getSubscriptionType()?.getFields() ?? {}).map(
    ([name, field]) => [`Subscription.${name}`, scopeOf(field as RootField)] as const,
  );
  expect(Object.fromEntries(listening)).toEqual(LISTENING);
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
        // As a page of ours would ask, or else signing in is refused before anything else.
        { ...ownPage(server.url), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
      );
      expect([name, caller, status, codes.includes('INTERNAL')]).toEqual([name, caller, 200, false]);
      const refused = codes.find((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
      if (refused === undefined) callers += caller;
      else if (ACCESS[name]?.[0] !== 'anybody')
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
