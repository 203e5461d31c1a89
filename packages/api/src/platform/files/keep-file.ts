import type { Readable } from 'node:stream';
import type { Context } from '../context.ts';
import { newId } from '../ids.ts';
import { pathOf, type Place } from './file-path.ts';
import { writeFile } from './write-file.ts';

export interface NewFile {
  /** As it is offered for download: `покупатели.csv`. */
  name: string;
  /** Media type: `text/csv; charset=utf-8`. */
  type: string;
  stream: Readable | AsyncIterable<Uint8Array | string>;
  /** Who may read it besides needing this scope's right; absent: its owner alone. */
  scope?: string;
  /** `client` of its owner; the actor's own where absent. */
  owner?: string;
  /** In a day where absent. */
  expiresAt?: Date;
  /** People it tells of one by one: erasing one of them deletes it. */
  about?: readonly string[];
  /** It holds rows of many people: any erasure deletes it. */
  holdsList?: boolean;
}

export interface KeptFile {
  id: string;
  name: string;
  bytes: number;
}

const DAY_MS = 86_400_000;
export const MOST_UPLOAD_BYTES = 1_000_000_000;
const MOST_RESULT_BYTES = 4_000_000_000;

/**
 * Keeps a file somebody is to download from `/files/<id>`.
 * @throws RequestError UNAVAILABLE with a full disk
 */
export async function keepFile(ctx: Context, file: NewFile): Promise<KeptFile> {
  return keepIn(ctx, 'FILES', file, MOST_RESULT_BYTES);
}

/** What was fetched for an import, like something somebody brought; the caller removes it (`forgetFile`) when it is done. */
export async function keepUpload(
  ctx: Context,
  { name, stream }: Pick<NewFile, 'name' | 'stream'>,
): Promise<KeptFile & { path: string }> {
  const type = 'application/octet-stream';
  const kept = await keepIn(ctx, 'UPLOADS', { name, type, stream, holdsList: true }, MOST_UPLOAD_BYTES);
  return { ...kept, path: pathOf(ctx, { place: 'UPLOADS', id: kept.id }) };
}

export async function keepIn(ctx: Context, place: Place, file: NewFile, limit: number): Promise<KeptFile> {
  const id = newId();
  const name = safeName(file.name);
  const bytes = await writeFile(ctx, { place, id }, file.stream, limit);
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('stored_file')
    .values({
      id,
      place,
      name,
      type: file.type,
      bytes,
      owner: file.owner ?? ctx.actor.client,
      scope: file.scope ?? null,
      about: [...(file.about ?? [])],
      holds_list: file.holdsList ?? false,
      created_at: now,
      expires_at: file.expiresAt ?? new Date(now.getTime() + DAY_MS),
    })
    .execute();
  return { id, name, bytes };
}

/** Without what a header, a path or a shell would read as its own. */
function safeName(name: string): string {
  const plain = name
    .replaceAll(/[\p{Cc}"\\/:*?<>|]/gu, '_')
    .trim()
    .slice(0, 150);
  return /[^._\s]/.test(plain) ? plain : 'file';
}
