import { sql } from 'kysely';
import { auditChange, demandEverywhere, demandScope, demandVersion } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { RequestError, VersionConflict } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { isForbiddenName, isStorable } from '../../platform/json-names.ts';
import { BUILT_IN_KINDS } from './built-in-kinds.ts';
import { isKindCode, type DefinedKind, type DefinedProperty } from './defined-kind.ts';
import { forgetDefinitions, readDefinitions } from './read-definitions.ts';

export interface SaveDefinition {
  code: string;
  nameRu: string;
  nameEn: string;
  properties: readonly DefinedProperty[];
  /** The one the editor began with; 0: of a new kind, or of a built-in one as it is built in. */
  version: number;
}

const LONGEST_NAME = 100;
const MOST_PROPERTIES = 50;

/**
 * Describes a kind of event, or describes it differently: from then on its events are held against that, those stored
 * stay as they are.
 * @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function saveDefinition(ctx: Context, input: SaveDefinition): Promise<DefinedKind> {
  demandEditor(ctx);
  const after = check(input);
  return change(ctx, input, { action: 'event-definition.changed', after });
}

export interface ArchiveDefinition {
  code: string;
  version: number;
  /** false: taken back into use. */
  archived: boolean;
}

/**
 * Its events are taken as those of a kind nobody described; what is stored stays.
 * @throws InvalidInput @throws VersionConflict @throws RequestError FORBIDDEN
 */
export async function archiveDefinition(ctx: Context, input: ArchiveDefinition): Promise<DefinedKind> {
  demandEditor(ctx);
  const known = (await readDefinitions(ctx)).find(({ code }) => code === input.code);
  const problems = new InputProblems();
  if (known === undefined) problems.add(['code'], 'UNKNOWN', 'is no kind of event');
  problems.refuseAny();
  return change(ctx, input, {
    action: input.archived ? 'event-definition.archived' : 'event-definition.restored',
    after: { archivedAt: input.archived ? ctx.clock.now() : null },
  });
}

/** A key that writes as some sources only describes nothing for the others. */
function demandEditor(ctx: Context): void {
  demandScope(ctx, 'events.write');
  demandEverywhere(ctx);
  if (ctx.actor.sources !== 'ANY') throw new RequestError('FORBIDDEN', 'This caller may not do that.');
}

type Content = Pick<DefinedKind, 'nameRu' | 'nameEn' | 'properties' | 'archivedAt'>;

async function change(
  ctx: Context,
  { code, version }: { code: string; version: number },
  { action, after }: { action: string; after: Partial<Content> },
): Promise<DefinedKind> {
  const saved = await inTransaction(ctx, async (tx) => {
    const before = await lockDefinition(tx, code);
    const subject = `event-definition:${code}`;
    await demandVersion(tx, subject, before ?? { version: 0 }, version);
    const known = before ?? NEW;
    if (!(await auditChange(tx, { action, subject, before: known, after })) && before !== null)
      return { ...known, version };
    const next = { ...known, ...after, version: version + 1 };
    await write(tx, code, next);
    return next;
  });
  forgetDefinitions(ctx);
  return { ...saved, code, builtIn: BUILT_IN_KINDS.some((kind) => kind.code === code) };
}

const NEW: Content & { version: number } = {
  nameRu: '',
  nameEn: '',
  properties: [],
  archivedAt: null,
  version: 0,
};

async function lockDefinition(tx: Context, code: string): Promise<(Content & { version: number }) | null> {
  const row = await tx.sql
    .selectFrom('event_definition')
    .selectAll()
    .where('code', '=', code)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return BUILT_IN_KINDS.find((kind) => kind.code === code) ?? null;
  const { name_ru: nameRu, name_en: nameEn, properties, archived_at: archivedAt, version } = row;
  return { nameRu, nameEn, properties, archivedAt, version };
}

async function write(tx: Context, code: string, next: Content & { version: number }): Promise<void> {
  const values = {
    name_ru: next.nameRu,
    name_en: next.nameEn,
    properties: sql<DefinedProperty[]>`${JSON.stringify(next.properties)}::jsonb`,
    version: next.version,
    archived_at: next.archivedAt,
    changed_by: tx.actor.kind === 'STAFF' ? tx.actor.id : null,
    updated_at: tx.clock.now(),
  };
  const written = await tx.sql
    .insertInto('event_definition')
    .values({ code, ...values })
    .onConflict((conflict) =>
      conflict
        .column('code')
        .doUpdateSet(values)
        // Two who describe a new kind at once: one of them was first.
        .where('event_definition.version', '=', next.version - 1),
    )
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows === 0n) throw new VersionConflict({ version: next.version });
}

function check({ code, nameRu, nameEn, properties }: SaveDefinition): Omit<Content, 'archivedAt'> {
  const problems = new InputProblems();
  if (!isKindCode(code))
    problems.add(['code'], 'FORMAT', 'is 1 to 64 Latin letters, digits and _ . : -, a letter first');
  const names = {
    nameRu: problems.text(nameRu, ['nameRu'], LONGEST_NAME) ?? '',
    nameEn: problems.text(nameEn, ['nameEn'], LONGEST_NAME) ?? '',
  };
  if (properties.length > MOST_PROPERTIES)
    problems.add(['properties'], 'TOO_MANY', `at most ${MOST_PROPERTIES}`);
  const seen = new Set<string>();
  const checked = properties.slice(0, MOST_PROPERTIES).map(({ code: name, type, required }, index) => {
    const path = ['properties', index, 'code'];
    const text = problems.text(name, path, LONGEST_NAME) ?? '';
    if (isForbiddenName(text) || !isStorable(text))
      problems.add(path, 'FORMAT', 'is no name a property may have');
    if (seen.has(text)) problems.add(path, 'DUPLICATE', 'is there already');
    seen.add(text);
    return { code: text, type, required };
  });
  problems.refuseAny();
  return { ...names, properties: checked };
}
