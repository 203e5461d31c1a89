import { sql } from 'kysely';
import { auditChange, demandScope, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { refuseTaken } from '../../platform/database/refuse-taken.ts';
import { invalid } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { newId } from '../../platform/ids.ts';
import { isForbiddenName } from '../../platform/json-names.ts';
import type { AttributeChoice, AttributeType } from './attribute-definition.entity.ts';
import { attributeDefinitions, forgetDefinitions, type AttributeDefinitionRecord } from './definitions.ts';
import { checkRule } from './enrichment-rules.ts';
import type { EnrichmentRule } from './enrichment.ts';

/** What may be changed as long as there is such an attribute. */
export interface AttributeFields {
  nameRu: string;
  nameEn: string;
  /** Of CHOICE and MULTI_CHOICE; profiles keep the values of one that is taken away. */
  choices: readonly AttributeChoice[];
  personal: boolean;
  enrichment: EnrichmentRule;
}

export interface NewAttribute extends AttributeFields {
  code: string;
  type: AttributeType;
}

const CODE = /^[A-Za-z][A-Za-z0-9_]{0,49}$/;
const LONGEST_NAME = 100;
const MOST_CHOICES = 500;
const MOST_DEFINITIONS = 200;

/** @returns its id @throws InvalidInput @throws RequestError FORBIDDEN */
export async function defineAttribute(ctx: Context, input: NewAttribute): Promise<string> {
  demandScope(ctx, 'settings.write');
  const { code, type } = input;
  const problems = problemsOf(input, type);
  if (!CODE.test(code) || isForbiddenName(code))
    problems.add(['code'], 'FORMAT', 'is 1 to 50 Latin letters, digits and _, a letter first');
  problems.refuseAny();
  const id = newId();
  await refuseTaken({ attribute_definition_code_unique: 'code' }, () =>
    inTransaction(ctx, async (tx) => {
      const known = await attributeDefinitions(tx, { archived: true });
      if (known.length >= MOST_DEFINITIONS)
        throw invalid('code', 'TOO_MANY', `at most ${MOST_DEFINITIONS} attributes`);
      const at = ctx.clock.now();
      await tx.sql
        .insertInto('attribute_definition')
        .values({ id, code, type, ...columnsOf(input), created_at: at, updated_at: at })
        .execute();
      const after = { code, type, ...fieldsOf(input) };
      await auditChange(tx, { action: 'attribute.defined', subject: `attribute:${id}`, before: {}, after });
    }),
  );
  forgetDefinitions(ctx);
  return id;
}

export interface EditAttribute extends AttributeFields {
  id: string;
  /** The one the editor began with. */
  version: number;
}

/** @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function editAttribute(ctx: Context, { id, version, ...input }: EditAttribute): Promise<void> {
  demandScope(ctx, 'settings.write');
  await inTransaction(ctx, async (tx) => {
    const before = await lockAttribute(tx, id, version);
    problemsOf(input, before.type).refuseAny();
    const subject = `attribute:${id}`;
    if (!(await auditChange(tx, { action: 'attribute.changed', subject, before, after: fieldsOf(input) })))
      return;
    await tx.sql
      .updateTable('attribute_definition')
      .set({ ...columnsOf(input), version: version + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id)
      .execute();
  });
  forgetDefinitions(ctx);
}

/** Values profiles have stay; new ones are not taken until it is back in use. @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN */
export async function archiveAttribute(
  ctx: Context,
  { id, version, archived }: { id: string; version: number; archived: boolean },
): Promise<void> {
  demandScope(ctx, 'settings.write');
  await inTransaction(ctx, async (tx) => {
    const before = await lockAttribute(tx, id, version);
    if (archived === (before.archivedAt !== null)) return;
    const now = ctx.clock.now();
    const archivedAt = archived ? now : null;
    await auditChange(tx, {
      action: archived ? 'attribute.archived' : 'attribute.restored',
      subject: `attribute:${id}`,
      before,
      after: { archivedAt },
    });
    await tx.sql
      .updateTable('attribute_definition')
      .set({ archived_at: archivedAt, version: version + 1, updated_at: now })
      .where('id', '=', id)
      .execute();
  });
  forgetDefinitions(ctx);
}

async function lockAttribute(tx: Context, id: string, version: number): Promise<AttributeDefinitionRecord> {
  await tx.sql.selectFrom('attribute_definition').select('id').where('id', '=', id).forUpdate().execute();
  const known = await attributeDefinitions(tx, { archived: true });
  const before = known.find((one) => one.id === id);
  if (before === undefined) throw invalid('id', 'UNKNOWN', 'there is no such attribute');
  await demandVersion(tx, `attribute:${id}`, before, version);
  return before;
}

function problemsOf(
  { nameRu, nameEn, choices, enrichment }: AttributeFields,
  type: AttributeType,
): InputProblems {
  const problems = new InputProblems();
  problems.exact(nameRu, ['nameRu'], { max: LONGEST_NAME });
  problems.exact(nameEn, ['nameEn'], { max: LONGEST_NAME });
  checkChoices(choices, type === 'CHOICE' || type === 'MULTI_CHOICE', problems);
  checkRule(enrichment, ['enrichment'], problems);
  return problems;
}

function checkChoices(choices: readonly AttributeChoice[], wanted: boolean, problems: InputProblems): void {
  if (wanted && choices.length === 0)
    problems.add(['choices'], 'REQUIRED', 'there is nothing to choose from');
  if (!wanted && choices.length > 0) problems.add(['choices'], 'MISMATCH', 'only a choice has choices');
  if (choices.length > MOST_CHOICES) problems.add(['choices'], 'TOO_MANY', `at most ${MOST_CHOICES}`);
  for (const [index, { code, nameRu, nameEn }] of choices.entries()) {
    problems.exact(code, ['choices', index, 'code'], { max: LONGEST_NAME });
    problems.exact(nameRu, ['choices', index, 'nameRu'], { max: LONGEST_NAME });
    problems.exact(nameEn, ['choices', index, 'nameEn'], { max: LONGEST_NAME });
    if (choices.findIndex((one) => one.code === code) < index)
      problems.add(['choices', index, 'code'], 'DUPLICATE', 'is there twice');
  }
}

function fieldsOf({ nameRu, nameEn, choices, personal, enrichment }: AttributeFields): AttributeFields {
  return {
    nameRu,
    nameEn,
    choices: choices.map(({ code, nameRu: ru, nameEn: en }) => ({ code, nameRu: ru, nameEn: en })),
    personal,
    enrichment,
  };
}

function columnsOf(input: AttributeFields) {
  const { nameRu, nameEn, choices, personal, enrichment } = fieldsOf(input);
  return {
    name_ru: nameRu,
    name_en: nameEn,
    // A list is no JSON to the driver unless it is told so.
    choices: sql<AttributeChoice[]>`${JSON.stringify(choices)}::jsonb`,
    personal,
    enrichment: sql<EnrichmentRule>`${JSON.stringify(enrichment)}::jsonb`,
  };
}
