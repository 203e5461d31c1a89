import { demandScope, readBrands } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { refuseTaken } from '../../../platform/database/refuse-taken.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { createConsentText, type NewConsentText } from '../create-consent-text.ts';

const LONGEST_VERSION = 50;
const LONGEST_TEXT = 20_000;

/**
 * A new wording by somebody of the staff; the earlier one of this brand and purpose is not asked for any more, and
 * consents given to it stay what they are.
 * @returns its id @throws InvalidInput @throws RequestError FORBIDDEN
 */
export async function publishConsentText(ctx: Context, input: NewConsentText): Promise<string> {
  demandScope(ctx, 'settings.write');
  const problems = new InputProblems();
  const brands = await readBrands(ctx);
  if (!brands.some(({ id }) => id === input.brandId))
    problems.add(['brandId'], 'UNKNOWN', 'there is no such brand');
  problems.exact(input.version, ['version'], { max: LONGEST_VERSION });
  problems.exact(input.text, ['text'], { max: LONGEST_TEXT, lines: true });
  problems.refuseAny();
  return refuseTaken({ consent_text_version: 'version' }, () => createConsentText(ctx, input));
}
