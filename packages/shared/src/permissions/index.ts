export { ROLES, ROLE_SCOPES, scopesOf, STORE_ROLES, type Role } from './roles.ts';
export { isScope, SCOPES, type Scope } from './scopes.ts';
