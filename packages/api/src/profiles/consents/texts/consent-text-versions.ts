import { readBrands } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';

export interface ConsentTextVersion {
  id: string;
  brandId: string;
  purpose: 'PROCESSING' | 'ADVERTISING';
  version: string;
  text: string;
  /** Nobody is enrolled without agreeing to it. */
  required: boolean;
  validFrom: Date;
  /** null: people are asked to agree to this one. */
  retiredAt: Date | null;
}

/** Every wording there ever was, of the brands the caller sees; of a brand and purpose the newest first. */
export async function consentTextVersions(
  ctx: Pick<Context, 'sql' | 'actor'>,
  { brandId, purpose }: { brandId?: string | null; purpose?: ConsentTextVersion['purpose'] | null } = {},
): Promise<ConsentTextVersion[]> {
  const brands = (await readBrands(ctx, { archived: true }))
    .map(({ id }) => id)
    .filter((id) => !brandId || id === brandId);
  if (brands.length === 0) return [];
  let query = ctx.sql
    .selectFrom('consent_text')
    .select(['id', 'brand_id as brandId', 'purpose', 'version', 'text', 'required'])
    .select(['valid_from as validFrom', 'retired_at as retiredAt'])
    .where('brand_id', 'in', brands)
    .orderBy('brand_id')
    .orderBy('purpose', 'desc')
    .orderBy('valid_from', 'desc')
    .orderBy('id', 'desc');
  if (purpose) query = query.where('purpose', '=', purpose);
  return query.execute();
}
