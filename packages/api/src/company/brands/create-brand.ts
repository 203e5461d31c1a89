import type { Context } from '../../platform/context.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { newId } from '../../platform/ids.ts';
import { audit } from '../audit.ts';
import { demandEverywhere } from '../callers/demand-scope.ts';

export interface NewBrand {
  /** Of integrations; of one company no two are equal. */
  code: string;
  /** As shoppers know it. */
  name: string;
}

/** @returns its id @throws InvalidInput @throws RequestError FORBIDDEN for roles of some stores only */
export async function createBrand(ctx: Context, input: NewBrand): Promise<string> {
  demandEverywhere(ctx);
  const { code, name } = checkBrand(input);
  const id = newId();
  await refuseTaken(BRAND_UNIQUES, () =>
    ctx.sql.insertInto('brand').values({ id, code, name, created_at: ctx.clock.now() }).execute(),
  );
  await audit(ctx, { action: 'brand.created', subject: `brand:${id}`, facts: { after: { code, name } } });
  return id;
}

export const BRAND_UNIQUES = { brand_code_unique: 'code' };

const LONGEST_CODE = 100;
const LONGEST_NAME = 200;

/** @throws InvalidInput */
export function checkBrand({ code, name }: NewBrand): NewBrand {
  const problems = new InputProblems();
  problems.exact(code, ['code'], { max: LONGEST_CODE });
  problems.exact(name, ['name'], { max: LONGEST_NAME });
  problems.refuseAny();
  return { code, name };
}
