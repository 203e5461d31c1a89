import type { Condition } from '@clientele/shared/segments';
import { sql } from 'kysely';
import { audit, auditChange, demandScope, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { newId } from '../../platform/ids.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { startComputing } from '../membership/start-computing.ts';
import { everybodyMeant } from '../preview/ask.ts';
import { refuseHeavy } from '../preview/refuse-heavy.ts';
import { authorOf } from './author-of.ts';
import { checkCondition } from './check-condition.ts';
import { canonical } from '../language/index.ts';
import { lockSegment } from './lock-segment.ts';

export interface SegmentContent {
  name: string;
  description?: string | null | undefined;
  /** With the database's own ids. */
  condition: unknown;
}

interface CheckedContent {
  name: string;
  description: string;
  condition: Condition;
}

/** It is computed in the background and has no members before that. @returns its id @throws InvalidInput @throws SegmentTooHeavy */
export async function createSegment(ctx: Context, input: SegmentContent): Promise<string> {
  demandScope(ctx, 'segments.write');
  const content = await checkContent(ctx, input, null);
  const id = newId();
  await savingName(ctx, async (tx) => {
    const now = tx.clock.now();
    await tx.sql
      .insertInto('segment')
      .values({
        id,
        ...storedContent(content),
        ordinal: sql<number>`nextval('public.segment_ordinals')`,
        number: sql<number>`public.take_segment_number()`,
        live_condition: null,
        next_number: null,
        state: 'COMPUTING',
        task_id: null,
        computed_at: null,
        archived_at: null,
        created_at: now,
        created_by: authorOf(tx),
        updated_at: now,
        updated_by: authorOf(tx),
      })
      .execute();
    await audit(tx, { action: 'segment.created', subject: `segment:${id}`, facts: { after: content } });
    await startComputing(tx, id);
  });
  return id;
}

export interface SegmentChange extends SegmentContent {
  id: string;
  /** The one the edit began with. */
  version: number;
}

/**
 * Another condition is computed in the background; until that is done its members are those of the one before. The
 * same again changes nothing.
 * @throws InvalidInput @throws VersionConflict @throws SegmentTooHeavy
 */
export async function changeSegment(ctx: Context, { id, version, ...input }: SegmentChange): Promise<void> {
  const content = await checkContent(ctx, input, id);
  await savingName(ctx, async (tx) => {
    const before = await lockSegment(tx, id);
    await demandVersion(tx, `segment:${id}`, before, version);
    const { name, description, condition } = before;
    const changed = await auditChange(tx, {
      action: 'segment.changed',
      subject: `segment:${id}`,
      before: { name, description, condition: canonical(condition) },
      after: { ...content, condition: canonical(content.condition) },
    });
    if (!changed) return;
    await tx.sql
      .updateTable('segment')
      .set({
        ...storedContent(content),
        version: version + 1,
        updated_at: tx.clock.now(),
        updated_by: authorOf(tx),
      })
      .where('id', '=', id)
      .execute();
    const other = canonical(condition) !== canonical(content.condition);
    if (before.archivedAt === null && other) await startComputing(tx, id);
  });
}

function savingName(ctx: Context, work: (tx: Context) => Promise<void>): Promise<void> {
  return refuseTaken({ segment_name: 'name' }, () => inTransaction(ctx, work));
}

async function checkContent(
  ctx: Context,
  { name, description, condition }: SegmentContent,
  self: string | null,
): Promise<CheckedContent> {
  const problems = new InputProblems();
  const checked = problems.exact(name, ['name'], { max: 200 });
  const words =
    description === null || description === undefined || description === ''
      ? ''
      : problems.exact(description, ['description'], { max: 2_000, lines: true });
  problems.refuseAny();
  const asked = await checkCondition(ctx, condition, self);
  await refuseHeavy(ctx, await everybodyMeant(ctx, asked));
  return { name: checked ?? '', description: words ?? '', condition: asked };
}

function storedContent({ name, description, condition }: CheckedContent) {
  return { name, description, condition: JSON.stringify(condition) as unknown as Condition };
}
