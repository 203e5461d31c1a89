import { beforeAll, expect, test } from 'vitest';
import { ROLES, ROLE_SCOPES, type Role } from '@clientele/shared/permissions';
import { aSession } from '@clientele/api/src/testing/staff.builders.ts';
import { ACCESS } from './access-table.ts';
import { minimalDocument } from './minimal-document.ts';
import { KNOWN_FORM, rootFields } from './root-fields.ts';
import { ownPage, useServer } from './server.ts';

const server = useServer();
const sessions = new Map<Role, string>();

beforeAll(async () => {
  for (const role of ROLES) sessions.set(role, (await aSession(server.app.context(), [role])).session);
});

/** These end the session they are asked with. */
const ENDING = new Set(['Mutation.signOut', 'Mutation.signOutEverywhere']);
/** Of another step of signing in than an open session is at, or of a till. */
const NOBODYS = new Set(['Mutation.confirmSecondFactor', 'Mutation.signInCashier']);

/** Whether each role gets through to exactly what its scopes say; a field of no role is refused to all. */
test('each role of the staff gets through to exactly its own fields', async () => {
  const wrong: string[] = [];
  for (const [name, operation, field] of rootFields()) {
    if (ENDING.has(name)) continue;
    const scope = ACCESS[name]?.[0] ?? 'NONE';
    for (const [role, session] of sessions) {
      const { codes, status } = await server.post(
        { query: minimalDocument(operation, field, KNOWN_FORM) },
        { ...ownPage(server.url), cookie: `clientele_session=${session}` },
      );
      const through = !codes.some((code) => code === 'UNAUTHENTICATED' || code === 'FORBIDDEN');
      const own = scope === 'anybody' || (ROLE_SCOPES[role] as readonly string[]).includes(scope);
      const expected = own && !NOBODYS.has(name);
      if (status !== 200 || codes.includes('INTERNAL') || through !== expected)
        wrong.push(`${name} ${role}: ${status} ${codes.join()} instead of ${expected ? 'OK' : 'FORBIDDEN'}`);
    }
  }
  expect(wrong).toEqual([]);
}, 240_000);
