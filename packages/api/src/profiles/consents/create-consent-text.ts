import { audit } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/ids.ts';

export interface NewConsentText {
  brandId: string;
  purpose: 'PROCESSING' | 'ADVERTISING';
  version: string;
  text: string;
  /** Nobody is enrolled without agreeing to it. */
  required?: boolean;
}

/** A new wording; the earlier one of this brand and purpose is not asked for any more. @returns its id */
export async function createConsentText(ctx: Context, input: NewConsentText): Promise<string> {
  const id = newId();
  const now = ctx.clock.now();
  await inTransaction(ctx, async (tx) => {
    await tx.sql
      .updateTable('consent_text')
      .set({ retired_at: now })
      .where('brand_id', '=', input.brandId)
      .where('purpose', '=', input.purpose)
      .where('retired_at', 'is', null)
      .execute();
    await tx.sql
      .insertInto('consent_text')
      .values({
        id,
        brand_id: input.brandId,
        purpose: input.purpose,
        version: input.version,
        text: input.text,
        required: input.required ?? false,
        valid_from: now,
        retired_at: null,
      })
      .execute();
    await audit(tx, { action: 'consent-text.created', subject: `consent-text:${id}` });
  });
  return id;
}
