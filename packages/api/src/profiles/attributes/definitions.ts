import type { Context } from '../../platform/context.ts';
import type { Database } from '../../platform/database/database.ts';
import type { AttributeChoice, AttributeType } from './attribute-definition.entity.ts';
import { readAttributeValues, type KnownAttribute, type ReadAttributes } from './attribute-values.ts';
import type { EnrichmentRule } from './enrichment.ts';

export interface AttributeDefinitionRecord {
  id: string;
  code: string;
  nameRu: string;
  nameEn: string;
  type: AttributeType;
  choices: AttributeChoice[];
  personal: boolean;
  enrichment: EnrichmentRule;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
}

/** Those in use by default, in the order they were made. */
export async function attributeDefinitions(
  { sql }: Pick<Context, 'sql'>,
  { archived = false }: { archived?: boolean } = {},
): Promise<AttributeDefinitionRecord[]> {
  const query = sql
    .selectFrom('attribute_definition')
    .select([
      'id',
      'code',
      'name_ru as nameRu',
      'name_en as nameEn',
      'type',
      'choices',
      'personal',
      'enrichment',
    ])
    .select(['version', 'created_at as createdAt', 'updated_at as updatedAt', 'archived_at as archivedAt'])
    .orderBy('created_at')
    .orderBy('id');
  return archived ? query.execute() : query.where('archived_at', 'is', null).execute();
}

type RememberingContext = Pick<Context, 'sql' | 'database' | 'clock'>;

/** Another process sees a change this much later. */
const REMEMBER_MS = 5_000;

interface Remembered {
  until: number;
  definitions: ReadonlyMap<string, AttributeDefinitionRecord>;
}

const remembered = new WeakMap<Database, Remembered>();

/** All of them by code, archived ones too, remembered for five seconds: every record of an import asks. */
export async function knownDefinitions(
  ctx: RememberingContext,
): Promise<ReadonlyMap<string, AttributeDefinitionRecord>> {
  const now = ctx.clock.now().getTime();
  const entry = remembered.get(ctx.database);
  if (entry !== undefined && entry.until > now && entry.until <= now + REMEMBER_MS) return entry.definitions;
  const rows = await attributeDefinitions(ctx, { archived: true });
  const definitions = new Map(rows.map((row) => [row.code, row]));
  remembered.set(ctx.database, { definitions, until: now + REMEMBER_MS });
  return definitions;
}

export function forgetDefinitions({ database }: Pick<Context, 'database'>): void {
  remembered.delete(database);
}

/**
 * Reads attributes of many records against the definitions as they are now.
 * @returns what can be taken, and problems by path from `attributes` inwards
 */
export async function attributeReader(ctx: RememberingContext): Promise<(input: unknown) => ReadAttributes> {
  const known = new Map<string, KnownAttribute>();
  for (const [code, { type, choices, archivedAt }] of await knownDefinitions(ctx))
    known.set(code, { code, type, choices, archived: archivedAt !== null });
  return (input) => readAttributeValues(known, input);
}

/** The same for one record. */
export async function validateAttributes(ctx: RememberingContext, input: unknown): Promise<ReadAttributes> {
  return (await attributeReader(ctx))(input);
}
