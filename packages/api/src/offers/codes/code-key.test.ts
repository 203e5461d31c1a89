import { codeKey } from '@clientele/shared/promo-codes';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { useContext } from '../../testing/use-context.ts';

const use = useContext();

async function inSql(typed: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ key: string }>`
    select public.promo_code_key(typed) as key
    from jsonb_array_elements_text(${JSON.stringify(typed)}::jsonb) with ordinality as given (typed, position)
    order by position`.execute(use.ctx.sql);
  return rows.map(({ key }) => key);
}

test('a code means the same in SQL and in TypeScript', async () => {
  const cyrillic = fc.string({
    unit: fc.constantFrom(...'АВЕЁКМНОРСТУХІЈЅабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі'),
  });
  const latin = fc.string({ unit: fc.constantFrom(...'OIL0123oilABCxyz -–—\u00a0\u200b\u202e\ufeff_.') });
  const anything = fc
    .string({ unit: 'grapheme', maxLength: 30 })
    .filter((text) => text.isWellFormed() && !text.includes('\0') && assigned(text));
  const typed = fc.sample(fc.oneof(cyrillic, latin, anything), 3_000);
  typed.push('ＳＡＬＥ２', 'x'.repeat(200), 'x'.repeat(201), '', '   ', 'ﬁ', '①②', 'e\u0301');
  expect(await inSql(typed)).toEqual(typed.map(codeKey));
});

/** The two know different versions of Unicode; what neither has is no matter. */
function assigned(text: string): boolean {
  return !/[\p{Cn}\p{Co}]/u.test(text);
}
