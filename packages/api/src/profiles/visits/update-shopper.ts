import type { Context } from '../../platform/context.ts';
import { hashContent, idempotently } from '../../platform/database/idempotent.ts';
import { keepQuestionnaire, readQuestionnaire, type QuestionnaireInput } from './questionnaire.ts';
import { readVisit } from './visit.ts';

export interface UpdateShopper extends QuestionnaireInput {
  requestId: string;
  visitId: string;
}

export interface ShopperUpdated {
  __typename: 'ShopperUpdated';
  profileId: string;
}

/**
 * The questionnaire of a visit: absent leaves, null clears. Once per requestId.
 * @throws VisitExpired @throws IdempotencyConflict @throws InvalidInput
 */
export async function updateShopper(ctx: Context, input: UpdateShopper): Promise<ShopperUpdated> {
  const answers = await readQuestionnaire(ctx, input, []);
  const { patch, email } = answers;
  const consents = answers.consents.map(({ text, granted }) => ({ textId: text.id, granted }));
  const content = { visitId: input.visitId, patch, email, consents };
  return idempotently(
    ctx,
    {
      scope: ctx.actor.client,
      operation: 'updateShopper',
      requestId: input.requestId,
      contentHash: hashContent(content),
    },
    async (tx) => {
      const { profileId } = await readVisit(tx, input.visitId);
      await keepQuestionnaire(tx, profileId, answers, []);
      return { __typename: 'ShopperUpdated', profileId };
    },
  );
}
