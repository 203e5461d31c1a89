import { domainToASCII } from 'node:url';

export interface Email {
  /** Small letters, the domain in ASCII. */
  address: string;
  /** `i•••@mail.ru` */
  masked: string;
}

const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;
const LONGEST = 254;
const LONGEST_LOCAL = 64;

/**
 * An address as people have them: no quotes, comments or numeric hosts, which only mail software uses.
 * @returns null for anything else
 */
export function parseEmail(text: string): Email | null {
  if (text.length > LONGEST + 20) return null;
  const trimmed = text.normalize('NFKC').trim().toLowerCase();
  const at = trimmed.lastIndexOf('@');
  const local = trimmed.slice(0, Math.max(at, 0));
  const typed = trimmed.slice(at + 1);
  // What URL rules would quietly drop or read as a number is not a domain.
  if (/[^\p{L}\p{M}\p{N}.-]/u.test(typed)) return null;
  const domain = domainToASCII(typed);
  if (local.length > LONGEST_LOCAL || !LOCAL.test(local) || !DOMAIN.test(domain)) return null;
  const address = `${local}@${domain}`;
  return address.length > LONGEST ? null : { address, masked: `${local.slice(0, 1)}•••@${domain}` };
}
