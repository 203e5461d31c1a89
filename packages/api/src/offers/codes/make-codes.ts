import { randomBytes } from 'node:crypto';
import { capacityOf, codeKey, signAt, type CodeFormat } from '@clientele/shared/promo-codes';

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
function drawSigns(format: CodeFormat): () => string {
  const signs = format.alphabet.length;
  const fair = 256 - (256 % signs);
  let bytes = Buffer.alloc(0);
  let at = 0;
  return () => {
    for (;;) {
      if (at >= bytes.length) {
        bytes = randomBytes(4_096);
        at = 0;
      }
      const byte = bytes[at] ?? fair;
      at += 1;
      if (byte < fair) return signAt(format, byte % signs);
    }
  };
}
