import { PREVIEW, draft } from './documents.ts';
import type { TillFixture } from './fixture.ts';
import { runLoad, type Api } from './processes.ts';
import { expectAll } from './statements.ts';

export const PREVIEWS_A_SECOND = 100;

/** Baskets shown to tills at a steady rate, each by another shopper. @returns milliseconds each took */
export async function offerPreviews(
  api: Api,
  fixture: TillFixture,
  seconds: number,
  basket: typeof draft = draft,
): Promise<number[]> {
  const count = PREVIEWS_A_SECOND * seconds;
  const result = await runLoad({
    url: api.url,
    token: fixture.cashierToken,
    query: PREVIEW,
    rate: PREVIEWS_A_SECOND,
    variables: Array.from({ length: count }, (_, index) => ({ input: basket(fixture, index) })),
  });
  expectAll(result, 'OrderQuote', count);
  return result.latencies;
}
