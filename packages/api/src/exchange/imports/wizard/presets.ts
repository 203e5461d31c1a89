import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { audit, demandScope } from '../../../company/index.ts';
import type { Context } from '../../../platform/context.ts';
import { inTransaction } from '../../../platform/database/in-transaction.ts';
import { invalid } from '../../../platform/errors.ts';
import { newId } from '../../../platform/ids.ts';
import { UnusableMapping } from '../../exchange.errors.ts';
import { orderMappingOf } from '../mapping/order-fields.ts';
import { parseTableMapping, type TableMapping } from '../mapping/table-mapping.ts';
import type { ImportKind } from './inspect-upload.ts';

export interface Preset {
  /** Null: it comes with the product. */
  id: string | null;
  kind: ImportKind;
  name: string;
  mapping: Record<string, unknown>;
}

const READY = join(import.meta.dirname, '..', '..', 'mappings');

/** Mappings that come with the product. */
export function readyPresets(): Preset[] {
  return readdirSync(READY)
    .toSorted()
    .map((file) => {
      const mapping = JSON.parse(readFileSync(join(READY, file), 'utf8')) as Record<string, unknown>;
      const kind = (mapping['kind'] ?? 'ORDERS') as ImportKind;
      return { id: null, kind, name: file.replace(/\.json$/, ''), mapping };
    });
}

/** Own ones first, by name. */
export async function readPresets(ctx: Context, kind: ImportKind | null): Promise<Preset[]> {
  demandScope(ctx, 'imports.read');
  const own = await ctx.sql
    .selectFrom('import_preset')
    .select(['id', 'kind', 'name', 'mapping'])
    .orderBy('name')
    .execute();
  return [...own, ...readyPresets()].filter((preset) => kind === null || preset.kind === kind);
}

/** Saves a mapping under a name; one of that name and kind is replaced. @throws UnusableMapping @throws InvalidInput */
export async function savePreset(
  ctx: Context,
  { kind, name, mapping }: { kind: ImportKind; name: string; mapping?: unknown },
): Promise<Preset> {
  demandScope(ctx, 'imports.run');
  const title = name.trim();
  if (title === '' || title.length > 100) throw invalid('name', 'RANGE', 'has 1 to 100 characters');
  checkMapping(kind, mapping);
  const stored = { ...(mapping as Record<string, unknown>), name: title };
  return inTransaction(ctx, async (tx) => {
    const { id } = await tx.sql
      .insertInto('import_preset')
      .values({
        id: newId(),
        kind,
        name: title,
        mapping: stored,
        updated_at: tx.clock.now(),
        updated_by: tx.actor.client,
      })
      .onConflict((known) =>
        known.columns(['kind', 'name']).doUpdateSet({
          mapping: stored,
          updated_at: tx.clock.now(),
          updated_by: tx.actor.client,
        }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    await audit(tx, {
      action: 'import-preset.saved',
      subject: `import-preset:${id}`,
      facts: { kind, name: title },
    });
    return { id, kind, name: title, mapping: stored };
  });
}

/** @returns whether there was one */
export async function deletePreset(ctx: Context, id: string): Promise<boolean> {
  demandScope(ctx, 'imports.run');
  return inTransaction(ctx, async (tx) => {
    const { numDeletedRows } = await tx.sql
      .deleteFrom('import_preset')
      .where('id', '=', id)
      .executeTakeFirst();
    if (numDeletedRows > 0n)
      await audit(tx, { action: 'import-preset.deleted', subject: `import-preset:${id}` });
    return numDeletedRows > 0n;
  });
}

/** @throws UnusableMapping */
export function checkMapping(kind: ImportKind, mapping: unknown): void {
  if (kind === 'ORDERS') orderMappingOf(mapping);
  else tableMapping(kind, mapping);
}

/** @throws UnusableMapping also where it is of another kind */
export function tableMapping(kind: Exclude<ImportKind, 'ORDERS'>, content: unknown): TableMapping {
  const mapping = parseTableMapping(content);
  if (mapping.kind !== kind) throw new UnusableMapping(`this is a mapping of ${mapping.kind.toLowerCase()}`);
  return mapping;
}

/**
 * A mapping by the path of its file, or by the name of one that comes with the product.
 * @param cwd what a path is relative to
 * @throws UnusableMapping
 */
export function readTableMapping(
  kind: Exclude<ImportKind, 'ORDERS'>,
  nameOrPath: string,
  cwd: string,
): TableMapping {
  const own = resolve(cwd, nameOrPath);
  const ready = join(READY, `${nameOrPath}.json`);
  const file = [own, ready].find((path) => existsSync(path));
  if (file === undefined) {
    const names = readyPresets().filter((preset) => preset.kind === kind);
    throw new UnusableMapping(
      `there is no mapping ${nameOrPath}; ready ones: ${names.map(({ name }) => name).join(', ') || 'none'}`,
    );
  }
  try {
    return tableMapping(kind, JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    if (error instanceof UnusableMapping) throw error;
    throw new UnusableMapping(`${file} is no JSON`);
  }
}
