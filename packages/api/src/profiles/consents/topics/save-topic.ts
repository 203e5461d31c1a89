import { auditChange, demandScope, demandVersion } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../../platform/database/refuse-taken.ts';
import { invalid } from '../../../platform/errors.ts';
import { InputProblems } from '../../../platform/input-problems.ts';
import { newId } from '../../../platform/ids.ts';
import { DEFAULT_TOPIC } from './topics.ts';

interface TopicNames {
  nameRu: string;
  nameEn: string;
}

export interface NewTopic extends TopicNames {
  /** `NEWS`, `SALES`; of one company no two are equal. */
  code: string;
}

const CODE = /^[A-Z][A-Z0-9_]{0,49}$/;
const LONGEST_NAME = 100;

/** @returns its id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function defineTopic(ctx: Context, { code, ...names }: NewTopic): Promise<string> {
  demandScope(ctx, 'settings.write');
  const problems = problemsOf(names);
  if (!CODE.test(code)) problems.add(['code'], 'FORMAT', 'is 1 to 50 capital letters, digits and _');
  problems.refuseAny();
  const id = newId();
  await refuseTaken({ consent_topic_code_unique: 'code' }, () =>
    inTransaction(ctx, async (tx) => {
      const row = { id, code, name_ru: names.nameRu, name_en: names.nameEn, created_at: ctx.clock.now() };
      await tx.sql.insertInto('consent_topic').values(row).execute();
      const after = { code, ...names };
      await auditChange(tx, {
        action: 'consent-topic.defined',
        subject: `consent-topic:${id}`,
        before: {},
        after,
      });
    }),
  );
  return id;
}

interface EditOf {
  id: string;
  /** The one the editor began with. */
  version: number;
}

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function renameTopic(
  ctx: Context,
  { id, version, nameRu, nameEn }: EditOf & TopicNames,
): Promise<void> {
  demandScope(ctx, 'settings.write');
  problemsOf({ nameRu, nameEn }).refuseAny();
  await inTransaction(ctx, async (tx) => {
    const before = await lockTopic(tx, id, version);
    const subject = `consent-topic:${id}`;
    const after = { nameRu, nameEn };
    if (!(await auditChange(tx, { action: 'consent-topic.renamed', subject, before, after }))) return;
    await tx.sql
      .updateTable('consent_topic')
      .set({ name_ru: nameRu, name_en: nameEn, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

/**
 * Consents to it stay on record; nobody is asked for it any more.
 * @throws InvalidInput MISMATCH for the default topic @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function archiveTopic(
  ctx: Context,
  { id, version, archived }: EditOf & { archived: boolean },
): Promise<void> {
  demandScope(ctx, 'settings.write');
  await inTransaction(ctx, async (tx) => {
    const before = await lockTopic(tx, id, version);
    if (before.code === DEFAULT_TOPIC) throw invalid('id', 'MISMATCH', 'this topic is always there');
    if (archived === (before.archivedAt !== null)) return;
    const archivedAt = archived ? ctx.clock.now() : null;
    await auditChange(tx, {
      action: archived ? 'consent-topic.archived' : 'consent-topic.restored',
      subject: `consent-topic:${id}`,
      before,
      after: { archivedAt },
    });
    await tx.sql
      .updateTable('consent_topic')
      .set({ archived_at: archivedAt, version: version + 1 })
      .where('id', '=', id)
      .execute();
  });
}

async function lockTopic(tx: Context, id: string, version: number) {
  const topic = await tx.sql
    .selectFrom('consent_topic')
    .select(['code', 'name_ru as nameRu', 'name_en as nameEn', 'version', 'archived_at as archivedAt'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (topic === undefined) throw invalid('id', 'UNKNOWN', 'there is no such topic');
  await demandVersion(tx, `consent-topic:${id}`, topic, version);
  return topic;
}

function problemsOf({ nameRu, nameEn }: TopicNames): InputProblems {
  const problems = new InputProblems();
  problems.exact(nameRu, ['nameRu'], { max: LONGEST_NAME });
  problems.exact(nameEn, ['nameEn'], { max: LONGEST_NAME });
  return problems;
}
