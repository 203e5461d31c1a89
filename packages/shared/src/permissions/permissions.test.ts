import { expect, test } from 'vitest';
import { ROLES, ROLE_SCOPES, SCOPES, scopesOf, isScope } from './index.ts';

/** Who may what, whole: O owner, M marketer, A analyst, S support, T store manager, P sales assistant, I integrator. */
const MATRIX: Record<string, string> = {
  'till.use': 'O',
  'shoppers.identify': 'O',
  'orders.preview': 'O',
  'orders.begin': 'O',
  'orders.commit': 'O',
  'orders.return': 'O',
  'orders.attach': 'O',
  'orders.record': 'O',
  'orders.read': 'OMASTP',
  'orders.spend': 'O',
  'profiles.read': 'OMASTP',
  'profiles.masked': 'OTP',
  'profiles.contacts': 'OMS',
  'profiles.write': 'OMS',
  'profiles.merge': 'OMS',
  'profiles.export': 'OS',
  'profiles.erase': 'OS',
  'products.read': 'OMASTPI',
  'products.write': 'OMI',
  'events.read': 'OMASI',
  'events.write': 'OI',
  'imports.read': 'OMAI',
  'imports.run': 'OMI',
  'changes.read': 'OM',
  'points.adjust': 'OS',
  'points.approve': 'OM',
  'incidents.settle': 'OMS',
  'loyalty.read': 'OMAST',
  'loyalty.write': 'OM',
  'offers.read': 'OMAST',
  'offers.write': 'OM',
  'segments.read': 'OMAST',
  'segments.write': 'OM',
  'node.read': 'OMASTPI',
  'settings.read': 'OMASTI',
  'settings.write': 'O',
  'staff.self': 'OMASTPI',
  'staff.manage': 'O',
  'keys.manage': 'OI',
  'audit.read': 'O',
  'system.read': 'OI',
  'demo.clock': 'O',
  'tokens.issue': 'O',
  'documents.free': 'O',
  'schema.read': 'O',
};

const LETTERS = {
  OWNER: 'O',
  MARKETER: 'M',
  ANALYST: 'A',
  SUPPORT: 'S',
  STORE_MANAGER: 'T',
  SALES_ASSISTANT: 'P',
  INTEGRATOR: 'I',
} as const;

test('the whole matrix of roles and scopes', () => {
  const matrix = Object.fromEntries(
    SCOPES.map((scope) => [
      scope,
      ROLES.filter((role) => ROLE_SCOPES[role].includes(scope))
        .map((role) => LETTERS[role])
        .join(''),
    ]),
  );
  expect(matrix).toEqual(MATRIX);
});

test('several roles add up, none gives nothing', () => {
  expect(scopesOf([])).toEqual(new Set());
  const both = scopesOf(['ANALYST', 'SALES_ASSISTANT']);
  expect(both).toEqual(new Set([...ROLE_SCOPES.ANALYST, 'profiles.masked']));
});

test('a scope is one of the list', () => {
  expect(isScope('staff.self')).toBe(true);
  expect(isScope('everything')).toBe(false);
  expect(isScope('toString')).toBe(false);
});
