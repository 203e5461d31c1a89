import { createHash, randomBytes } from 'node:crypto';

/** What a token is for shows in its beginning, so that a leaked one is recognised and looked up in one table. */
export type TokenKind = 'till' | 'cashier' | 'key';

const PREFIX: Record<TokenKind, string> = { till: 'ct_', cashier: 'cs_', key: 'ck_' };
const TOKEN_BYTES = 32;

/** 256 random bits, shown once; only its hash is stored. */
export function newToken(kind: TokenKind): { token: string; hash: string } {
  const token = PREFIX[kind] + randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** A plain hash is enough: nobody guesses 256 random bits. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

const TOKEN_LENGTH = 3 + Math.ceil((TOKEN_BYTES * 4) / 3);

/** null for what cannot be a token of ours, so that junk costs no query. */
export function tokenKind(token: string): TokenKind | null {
  if (token.length !== TOKEN_LENGTH || !/^[\w-]+$/.test(token)) return null;
  for (const kind of ['till', 'cashier', 'key'] as const) if (token.startsWith(PREFIX[kind])) return kind;
  return null;
}
