/** An e-mail address anywhere in a text. */
const EMAIL = /[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/;
/** A Russian or Kazakh number as people write it, or any with a plus: ten digits at least. */
const PHONE = /(?:\+\d|(?<!\d)[78])[\s(-]*\d{3}[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)/;
const HIDDEN = '•••';

/**
 * Properties for somebody who may see no contacts: a site may write into them what it likes. Values that hold an
 * e-mail address or a phone number are hidden whole.
 */
export function withoutContacts(value: unknown): unknown {
  if (typeof value === 'string') return EMAIL.test(value) || PHONE.test(value) ? HIDDEN : value;
  if (typeof value === 'number') return PHONE.test(String(value)) ? HIDDEN : value;
  if (Array.isArray(value)) return value.map(withoutContacts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutContacts(inner)]));
}
