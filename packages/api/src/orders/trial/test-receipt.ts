import { promotionRulesProblems, type Promotion, type PromotionRules } from '@clientele/shared/promotions';
import { programSettingsProblems, type ProgramSettings } from '@clientele/shared/receipt';
import { demandScope } from '../../company/index.ts';
import { checkAudience, readPromotionsById, rulesFromApi } from '../../offers/index.ts';
import type { ProfileRefInput } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import { localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import type { LineInput, SpendInput } from '../quote/draft.ts';
import { quoteDraft, type OrderQuote } from '../quote/order-quote.ts';
import { readDraft } from '../quote/read-draft.ts';

/** A promotion that is being written, as it stands in the form. */
export interface DraftPromotion {
  /** Of the API: the promotion it is tried instead of; absent: a new one. */
  id?: string | null | undefined;
  title: string;
  /** Of the API; absent: a group of its own, after all others. */
  groupId?: string | null | undefined;
  priority?: number | null | undefined;
  rules?: unknown;
}

export interface TestReceipt {
  lines: readonly LineInput[];
  shopper?: ProfileRefInput | null | undefined;
  asNewMember?: boolean | null | undefined;
  storeCode: string;
  channel?: 'STORE' | 'ONLINE' | null | undefined;
  at?: Date | null | undefined;
  promoCodes?: readonly string[] | null | undefined;
  spendPoints?: SpendInput | null | undefined;
  verified?: boolean | null | undefined;
  draftPromotions?: readonly DraftPromotion[] | null | undefined;
  /** Settings of a program version. */
  programVersion?: unknown;
}

/** A quote with the reasons of everything in it. */
export interface ReceiptTested {
  __typename: 'ReceiptTested';
  order: OrderQuote;
  /** Positions in the input of the promotions that are being written, by promotion id. */
  drafts: ReadonlyMap<string, { index: number; isNew: boolean }>;
}

const MOST_DRAFTS = 20;
const LONGEST_TITLE = 100;
const LARGEST_RULES = 262_144;

/**
 * What a basket would cost and bring, at any time, for anybody, by rules that are published or being written. Writes
 * nothing and holds nothing; limits and codes are told as they stand at this moment.
 * @throws InvalidInput by the path of each wrong value
 */
export async function testReceipt(ctx: Context, input: TestReceipt): Promise<ReceiptTested> {
  if (input.shopper) demandScope(ctx, 'profiles.read');
  const problems = new InputProblems();
  const written = (input.draftPromotions ?? []).slice(0, MOST_DRAFTS);
  if ((input.draftPromotions ?? []).length > MOST_DRAFTS)
    problems.add(['draftPromotions'], 'TOO_MANY', `has ${MOST_DRAFTS} promotions at most`);
  const drafts = written.map((draft, index) => parseDraft(draft, index, problems));
  await checkPromotions(ctx, written, problems);
  const settings = parseSettings(input.programVersion, problems);
  problems.refuseAny();
  for (const [index, { rules }] of drafts.entries())
    await checkAudience(ctx, rules.audience, ['draftPromotions', index, 'rules', 'audience'], problems);
  problems.refuseAny();
  const draft = await readDraft(
    ctx,
    {
      shopper: input.shopper ? { profile: input.shopper } : null,
      channel: input.channel ?? 'STORE',
      storeCode: input.storeCode,
      lines: input.lines,
      promoCodes: input.promoCodes ?? [],
      spendPoints: input.spendPoints,
    },
    [],
    undefined,
    {
      at: input.at ?? ctx.clock.now(),
      verified: input.verified ?? true,
      newMember: input.asNewMember ?? false,
      drafts,
      settings,
    },
  );
  return {
    __typename: 'ReceiptTested',
    order: quoteDraft(ctx, draft),
    drafts: new Map(drafts.map(({ id }, index) => [id, { index, isNew: !written[index]?.id }])),
  };
}

/** How often a promotion was used is told to those who see it. */
async function checkPromotions(
  ctx: Context,
  drafts: readonly DraftPromotion[],
  problems: InputProblems,
): Promise<void> {
  const ids = drafts.map(({ id }) => (id ? localId(id, 'Promotion') : null));
  const seen = await readPromotionsById(ctx, [...new Set(ids.filter((id) => id !== null))]);
  for (const [index, { id }] of drafts.entries()) {
    if (id && !seen.some((promotion) => promotion.id === ids[index]))
      problems.add(['draftPromotions', index, 'id'], 'UNKNOWN', 'is no promotion');
  }
}

function parseDraft(draft: DraftPromotion, index: number, problems: InputProblems): Promotion {
  const path = ['draftPromotions', index];
  const title = problems.text(draft.title, [...path, 'title'], LONGEST_TITLE) ?? '';
  const id = draft.id ? localId(draft.id, 'Promotion') : newId();
  const groupId = draft.groupId ? localId(draft.groupId, 'PromotionGroup') : newId();
  if (groupId === null) problems.add([...path, 'groupId'], 'UNKNOWN', 'is no group');
  const rules = rulesFromApi(draft.rules);
  if (JSON.stringify(rules ?? null).length > LARGEST_RULES) {
    problems.add([...path, 'rules'], 'TOO_MANY', 'is more than a promotion holds');
  } else {
    for (const problem of promotionRulesProblems(rules))
      problems.add([...path, 'rules', ...problem.path], problem.code, problem.message);
  }
  return {
    id: id ?? '',
    revision: 0,
    title,
    groupId: groupId ?? '',
    priority: draft.priority ?? 0,
    rules: rules as PromotionRules,
  };
}

function parseSettings(json: unknown, problems: InputProblems): ProgramSettings | null {
  if (json === null || json === undefined) return null;
  if (JSON.stringify(json).length > LARGEST_RULES) {
    problems.add(['programVersion'], 'TOO_MANY', 'is more than a version holds');
    return null;
  }
  for (const { path, code, message } of programSettingsProblems(json))
    problems.add(['programVersion', ...path], code, message);
  return json as ProgramSettings;
}
