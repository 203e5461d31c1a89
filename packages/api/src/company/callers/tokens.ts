import { createHash, randomBytes } from 'node:crypto';

/** What a token is for shows in its beginning, so that a leaked one is recognised and looked up in one table. */
export type TokenKind = 'till' | 'cashier' | 'key' | 'shopper';

/** `staff`: of a browser's session; `link`: of a letter. Neither is ever sent as `Authorization`. */
type AnyTokenKind = TokenKind | 'staff' | 'link';

const PREFIX: Record<AnyTokenKind, string> = {
  till: 'ct_',
  cashier: 'cs_',
  key: 'ck_',
  shopper: 'cp_',
  staff: 'ca_',
  link: 'cl_',
};
const TOKEN_BYTES = 32;

/** 256 random bits, shown once; only its hash is stored. */
export function newToken(kind: AnyTokenKind): { token: string; hash: string } {
  const token = PREFIX[kind] + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** A plain hash is enough: nobody guesses 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

const TOKEN_LENGTH = 3 + Math.ceil((TOKEN_BYTES * 4) / 3);

/** Whether it looks like one of that kind, so that junk costs no query. */
export function isToken(token: string, kind: AnyTokenKind): boolean {
  return token.length === TOKEN_LENGTH && /^[\w-]+$/.test(token) && token.startsWith(PREFIX[kind]);
}

/** null for what cannot be a token of ours, so that junk costs no query. */
export function tokenKind(token: string): TokenKind | null {
  return (['till', 'cashier', 'key', 'shopper'] as const).find((kind) => isToken(token, kind)) ?? null;
}
