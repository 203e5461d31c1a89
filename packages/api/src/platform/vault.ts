import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * Keeps personal values unreadable in the database: sealed with AES-256-GCM (`v1.<nonce>.<tag>.<data>`, base64url),
 * found by a keyed hash. Its key lives outside the database, so a stolen dump holds no phone number.
 */
export interface Vault {
  seal(value: string): string;
  /** @throws when the value was not sealed with this key, or was changed. */
  open(sealed: string): string;
  /** Equal values of one purpose give equal indexes; nothing else can be learnt from them. */
  index(purpose: string, value: string): string;
}

const KEY_ID = 'v1';

export function createVault(secret: string): Vault {
  const sealKey = deriveKey(secret, 'seal');
  const indexKey = deriveKey(secret, 'index');
  return {
    seal(value) {
      const nonce = freshNonce();
      const cipher = createCipheriv('aes-256-gcm', sealKey, nonce);
      const data = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
      return [KEY_ID, nonce, cipher.getAuthTag(), data]
        .map((part) => (typeof part === 'string' ? part : part.toString('base64url')))
        .join('.');
    },
    open(sealed) {
      const [keyId, nonce, tag, data] = sealed.split('.');
      if (keyId !== KEY_ID || nonce === undefined || tag === undefined || data === undefined)
        throw new Error('Not a sealed value of a known key.');
      const decipher = createDecipheriv('aes-256-gcm', sealKey, Buffer.from(nonce, 'base64url'));
      decipher.setAuthTag(Buffer.from(tag, 'base64url'));
      return Buffer.concat([decipher.update(Buffer.from(data, 'base64url')), decipher.final()]).toString(
        'utf8',
      );
    },
    index(purpose, value) {
      return createHmac('sha256', indexKey).update(`${purpose}\u0000${value}`).digest('base64url');
    },
  };
}

const NONCE_BYTES = 12;
const NONCES_AT_ONCE = 512;
let nonces = Buffer.alloc(0);

/** Each is used once. Fetched many at a time: asking for twelve bytes costs more than the encryption. */
function freshNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(NONCE_BYTES * NONCES_AT_ONCE);
  const nonce = nonces.subarray(0, NONCE_BYTES);
  nonces = nonces.subarray(NONCE_BYTES);
  return nonce;
}

/** A prepared key: given as bytes, it is prepared anew at every use, which costs more than the use. */
function deriveKey(secret: string, purpose: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'clientele', purpose, 32)));
}
