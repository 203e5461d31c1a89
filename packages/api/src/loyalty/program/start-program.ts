import { presetSettings } from '@clientele/shared/receipt';
import { isTimeZone } from '@clientele/shared/time';
import { demandScope } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { createProgram } from './create-program.ts';
import { reachesBrand } from './lock-program.ts';

export interface StartProgram {
  brandId: string;
  name: string;
  /** IANA zone of expiry days and day rules; never changes. */
  timezone: string;
  /** Never changes. */
  fiscalMode: 'DISCOUNT' | 'PAYMENT';
}

/**
 * A program of the preset for a brand that has none, switched off until somebody decides. @returns its id
 * @throws InvalidInput @throws RequestError FORBIDDEN
 */
export async function startProgram(ctx: Context, input: StartProgram): Promise<string> {
  demandScope(ctx, 'loyalty.write');
  const problems = new InputProblems();
  const name = problems.exact(input.name, ['name'], { max: 200 });
  if (!isTimeZone(input.timezone)) problems.add(['timezone'], 'UNKNOWN', 'an IANA time zone');
  problems.refuseAny();
  const { brandId, timezone, fiscalMode } = input;
  await demandBrandWithout(ctx, brandId);
  return createProgram(ctx, {
    brandId,
    name: name ?? '',
    mode: 'OFF',
    settings: { ...presetSettings, timezone, fiscalMode },
  });
}

/** Tills of a brand know one program. */
async function demandBrandWithout(ctx: Context, brandId: string): Promise<void> {
  const brand = await ctx.sql
    .selectFrom('brand')
    .leftJoin('program', 'program.brand_id', 'brand.id')
    .select(['brand.id', 'program.id as programId'])
    .where('brand.id', '=', brandId)
    .where('brand.archived_at', 'is', null)
    .executeTakeFirst();
  if (brand === undefined || !reachesBrand(ctx, brandId))
    throw invalid('brandId', 'UNKNOWN', 'there is no such brand');
  if (brand.programId !== null) throw invalid('brandId', 'DUPLICATE', 'this brand has a program');
}
