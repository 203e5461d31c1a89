import type { PromotionRules } from '@clientele/shared/promotions';
import { auditChange, audit, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { invalid } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { PromotionStateRefused } from '../offers.errors.ts';
import { forgetPromotions } from './active-promotions.ts';
import { checkContent, type CheckedContent, type PromotionContent } from './rules/check-promotion.ts';
import { defaultGroup } from './groups/default-group.ts';
import { demandBrand } from './demand-brand.ts';
import { lockPromotion, type LockedPromotion } from './lock-promotion.ts';
import { checkPublishable } from './rules/publishable.ts';
import { ruleChanges } from './rules/rule-changes.ts';
import { tellChanged } from './tell-changed.ts';

export interface NewPromotion extends PromotionContent {
  brandId: string;
  /** The brand's default one where absent. */
  groupId?: string | null;
}

/** A draft, last in its group. @returns its id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function createPromotion(ctx: Context, input: NewPromotion): Promise<string> {
  const { brandId } = input;
  await demandBrand(ctx, brandId);
  const content = await checkContent(ctx, brandId, input);
  return inTransaction(ctx, async (tx) => {
    const groupId = await groupOf(tx, brandId, input.groupId);
    return insertPromotion(tx, { brandId, groupId, content });
  });
}

/** The same again as a draft of its own, behind the others of its group. @returns its id @throws InvalidInput */
export async function copyPromotion(
  ctx: Context,
  { id, name }: { id: string; name: string },
): Promise<string> {
  return inTransaction(ctx, async (tx) => {
    const from = await lockPromotion(tx, id);
    const content = await checkContent(tx, from.brandId, { ...from, name });
    return insertPromotion(tx, { brandId: from.brandId, groupId: from.groupId, content });
  });
}

export interface ChangePromotion extends PromotionContent {
  id: string;
  /** The one the edit began with. */
  version: number;
  /** Stays where it is where absent. */
  groupId?: string | null;
}

/**
 * New words or rules make a new revision, which holds at once where the promotion is live. The same again changes
 * nothing.
 * @throws InvalidInput @throws VersionConflict @throws PromotionStateRefused of an ended one
 */
export async function changePromotion(ctx: Context, input: ChangePromotion): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const before = await lockPromotion(tx, input.id);
    await demandVersion(tx, `promotion:${input.id}`, before, input.version);
    if (before.state === 'ENDED') throw new PromotionStateRefused(before.state);
    const content = await checkContent(tx, before.brandId, input);
    if (before.state !== 'DRAFT') await checkPublishable(tx, before.id, content.rules);
    const groupId = input.groupId ? await groupOf(tx, before.brandId, input.groupId) : before.groupId;
    await writeChange(tx, before, { ...content, groupId });
  });
  forgetPromotions(ctx.database);
}

/** What an earlier revision said, as a new one: the way back from an edit. @throws as changePromotion */
export async function restoreRevision(
  ctx: Context,
  { id, version, revision }: { id: string; version: number; revision: number },
): Promise<void> {
  const earlier = await ctx.sql
    .selectFrom('promotion_revision')
    .innerJoin('promotion', 'promotion.id', 'promotion_revision.promotion_id')
    .select(['promotion_revision.title', 'promotion_revision.rules', 'promotion.name'])
    .where('promotion_id', '=', id)
    .where('number', '=', revision)
    .executeTakeFirst();
  if (earlier === undefined) throw invalid('revision', 'UNKNOWN', 'there is no such revision');
  await changePromotion(ctx, { id, version, ...earlier });
}

async function groupOf(tx: Context, brandId: string, groupId: string | null | undefined): Promise<string> {
  if (!groupId) return defaultGroup(tx, brandId);
  const group = await tx.sql
    .selectFrom('promotion_group')
    .select('id')
    .where('id', '=', groupId)
    .where('brand_id', '=', brandId)
    .executeTakeFirst();
  if (group === undefined) throw invalid('groupId', 'UNKNOWN', 'is no group of this brand');
  return group.id;
}

async function insertPromotion(
  tx: Context,
  { brandId, groupId, content }: { brandId: string; groupId: string; content: CheckedContent },
): Promise<string> {
  const id = newId();
  const now = tx.clock.now();
  await tx.sql
    .insertInto('promotion')
    .values({
      id,
      brand_id: brandId,
      group_id: groupId,
      name: content.name,
      priority: await lastInGroup(tx, groupId),
      state: 'DRAFT',
      revision: 1,
      created_at: now,
      updated_at: now,
    })
    .execute();
  await insertRevision(tx, { id, number: 1, content });
  const { name, title } = content;
  await audit(tx, {
    action: 'promotion.created',
    subject: `promotion:${id}`,
    facts: { after: { name, title } },
  });
  return id;
}

/** Behind everything that stands there. */
async function lastInGroup(tx: Context, groupId: string): Promise<number> {
  const { last } = await tx.sql
    .selectFrom('promotion')
    .select((eb) => eb.fn.coalesce(eb.fn.max('priority'), eb.lit(0)).as('last'))
    .where('group_id', '=', groupId)
    .executeTakeFirstOrThrow();
  return last + 1;
}

async function writeChange(
  tx: Context,
  before: LockedPromotion,
  after: CheckedContent & { groupId: string },
): Promise<void> {
  const { id } = before;
  const { name, title, rules, groupId } = after;
  // Rules by what differs: jsonb keeps names in an order of its own.
  const changes = ruleChanges(before.rules, rules);
  const changed = await auditChange(tx, {
    action: 'promotion.changed',
    subject: `promotion:${id}`,
    before: { ...before, rules: changes.map(({ path, before: value }) => ({ path, value })) },
    after: { name, title, groupId, rules: changes.map(({ path, after: value }) => ({ path, value })) },
  });
  if (!changed) return;
  const same = before.title === title && changes.length === 0;
  const revision = same ? before.revision : before.revision + 1;
  if (!same) await insertRevision(tx, { id, number: revision, content: after });
  await tx.sql
    .updateTable('promotion')
    .set({
      name,
      revision,
      version: before.version + 1,
      updated_at: tx.clock.now(),
      ...(groupId === before.groupId ? {} : { group_id: groupId, priority: await lastInGroup(tx, groupId) }),
    })
    .where('id', '=', id)
    .execute();
  await tellChanged(tx, { id, state: before.state, revision });
}

async function insertRevision(
  tx: Context,
  { id, number, content }: { id: string; number: number; content: { title: string; rules: PromotionRules } },
): Promise<void> {
  const { kind, id: actorId } = tx.actor;
  await tx.sql
    .insertInto('promotion_revision')
    .values({
      promotion_id: id,
      number,
      title: content.title,
      rules: JSON.stringify(content.rules) as unknown as PromotionRules,
      author_id: kind === 'STAFF' || kind === 'KEY' ? actorId : null,
      created_at: tx.clock.now(),
    })
    .execute();
}
