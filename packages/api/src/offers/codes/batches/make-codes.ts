import { randomBytes } from 'node:crypto';
import { capacityOf, codeKey, type CodeFormat } from '@clientele/shared/promo-codes';

/** Fresh codes of a format, each sign drawn evenly by the system's secure generator. Different from each other. */
export function makeCodes(format: CodeFormat, count: number): { code: string; key: string }[] {
  if (BigInt(count) > capacityOf(format)) throw new Error('there are not so many codes of this format');
  const draw = drawSigns(format);
  const made = new Map<string, string>();
  while (made.size < count) {
    const code = format.pattern.replaceAll('#', draw);
    made.set(codeKey(code), code);
  }
  return [...made].map(([key, code]) => ({ key, code }));
}

/** Bytes beyond the last whole multiple of the alphabet are thrown away: no sign comes more often than another. */
function drawSigns({ alphabet }: CodeFormat): () => string {
  const fair = 256 - (256 % alphabet.length);
  const signs = Array.from({ length: fair }, (_, byte) => alphabet.charAt(byte % alphabet.length));
  let bytes = randomBytes(0);
  let at = 0;
  return () => {
    for (;;) {
      if (at >= bytes.length) {
        bytes = randomBytes(DRAWN_AT_ONCE);
        at = 0;
      }
      const sign = signs[bytes[at] ?? fair];
      at += 1;
      if (sign !== undefined) return sign;
    }
  };
}

const DRAWN_AT_ONCE = 16_384;
