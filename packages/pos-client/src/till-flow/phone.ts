/** Full-width and other decimal digits become plain ones; everything but digits and a leading plus goes. */
export function phoneDigits(typed: string): string {
  const plain = typed.normalize('NFKC').replace(/[^\d+]/g, '');
  return plain.startsWith('+') ? `+${plain.replace(/\+/g, '')}` : plain.replace(/\+/g, '');
}

/** Long enough to be asked about: ten digits of a national number, eight after a plus. */
export function isWholePhone(typed: string): boolean {
  const digits = phoneDigits(typed);
  return digits.startsWith('+') ? digits.length >= 9 : digits.length >= 10;
}

/** More digits than a national number has, and no plus: not a phone. */
export function isCardOrBarcode(digits: string): boolean {
  return /^\d{12,}$/.test(digits);
}

/** Groups what is being typed for the eye: "9161234567" → "916 123-45-67", "+79161234567" → "+7 916 123-45-67". */
export function groupPhone(typed: string): string {
  const digits = phoneDigits(typed);
  const country = /^(\+7|8(?=\d{10}$)|7(?=\d{10}$))/.exec(digits)?.[0] ?? '';
  const rest = digits.slice(country.length);
  if (digits.startsWith('+') && country === '') return digits;
  if (rest.length > 10) return digits;
  const parts = [rest.slice(0, 3), rest.slice(3, 6), rest.slice(6, 8), rest.slice(8, 10)].filter(Boolean);
  const number = [parts.slice(0, 2).join(' '), ...parts.slice(2)].join('-');
  return [country, number].filter(Boolean).join(' ');
}
