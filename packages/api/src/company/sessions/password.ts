import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { Vault } from '../../platform/vault.ts';
import type { InputProblemCode } from '../../platform/errors.ts';

/**
 * scrypt as OWASP advises it (2025, password storage cheat sheet): 32 MiB and about 0.2 s a try on a small server. The
 * hash says its own parameters, so that they can be raised later: `$scrypt$ln=15,r=8,p=3$<salt>$<key>`.
 */
const COST = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const KEY_BYTES = 32;
const MAX_MEMORY = 128 * 1024 * 1024;

const SHORTEST = 10;
const LONGEST = 200;

/**
 * Slow to try, and keyed by the vault besides: a stolen table alone gives no password away.
 * @param staffId binds the hash to its owner
 */
export async function hashPassword(vault: Vault, staffId: string, password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(vault, staffId, password, salt, COST);
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/**
 * Takes the same work whether there is such a person or not.
 * @param stored null: nobody has that e-mail, or no password
 */
export async function passwordMatches(
  vault: Vault,
  staffId: string,
  password: string,
  stored: string | null,
): Promise<boolean> {
  const parsed = stored === null ? null : parse(stored);
  const { salt, key, cost } = parsed ?? { salt: NOBODYS_SALT, key: NOBODYS_KEY, cost: COST };
  const derived = await derive(vault, staffId, password, salt, cost);
  return timingSafeEqual(derived, key) && parsed !== null;
}

const NOBODYS_SALT = Buffer.alloc(SALT_BYTES);
const NOBODYS_KEY = Buffer.alloc(KEY_BYTES);

/** Whether it should be hashed anew at the next sign-in. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(`$scrypt$ln=${COST.ln},r=${COST.r},p=${COST.p}$`);
}

interface Cost {
  ln: number;
  r: number;
  p: number;
}

function parse(stored: string): { salt: Buffer; key: Buffer; cost: Cost } | null {
  const parts = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([\w-]+)\$([\w-]{43})$/.exec(stored);
  if (parts === null) return null;
  const [, ln, r, p, salt = '', key = ''] = parts;
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64url'),
    key: Buffer.from(key, 'base64url'),
  };
}

function derive(vault: Vault, staffId: string, password: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  const secret = vault.index(`password:${staffId}`, password.normalize('NFKC'));
  const parameters = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: MAX_MEMORY };
  return new Promise((resolve, reject) => {
    scrypt(secret, salt, KEY_BYTES, parameters, (error, key) => (error ? reject(error) : resolve(key)));
  });
}

/** What is wrong with a new password; null: nothing. Length is what counts, so no rules about kinds of signs. */
export function passwordProblem(
  password: string,
  owner: { email: string | null; name: string },
): { code: InputProblemCode; message: string } | null {
  const { length } = [...password];
  if (length < SHORTEST) return { code: 'RANGE', message: `has ${SHORTEST} characters or more` };
  if (length > LONGEST) return { code: 'RANGE', message: `has ${LONGEST} characters at most` };
  const plain = password.toLowerCase();
  const own = [owner.email, owner.email?.split('@')[0], owner.name].map((word) => word?.toLowerCase() ?? '');
  const bare = own.some((word) => word.length >= 4 && plain.replaceAll(word, '').length < 4);
  if (bare || isGuessable(plain)) return { code: 'FORMAT', message: 'is too easy to guess' };
  return null;
}

/** What is tried first: few signs over and over, rows of keys, and the best known words with a number. */
function isGuessable(plain: string): boolean {
  if (new Set(plain).size < 5) return true;
  const letters = plain.replaceAll(/[\d\W_]+$/g, '');
  if (KNOWN.some((word) => letters === word || letters === word + word)) return true;
  return ROWS.some((row) => row.includes(plain));
}

const ROWS = [
  '01234567890123456789',
  '98765432109876543210',
  'qwertyuiopasdfghjklzxcvbnm',
  'йцукенгшщзхъфывапролджэячсмитьбю',
  'abcdefghijklmnopqrstuvwxyz',
];
const KNOWN = [
  'password',
  'qwerty',
  'qwertyuiop',
  'welcome',
  'admin',
  'administrator',
  'letmein',
  'пароль',
  'йцукен',
];
