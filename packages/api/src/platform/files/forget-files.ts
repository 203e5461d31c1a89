import { rm } from 'node:fs/promises';
import { sql, type Selectable } from 'kysely';
import type { Context } from '../context.ts';
import type { Tables } from '../database/tables.ts';
import type { Job } from '../jobs/jobs.ts';
import { pathOf } from './file-path.ts';

type FileRow = Selectable<Tables['stored_file']>;

/** Files that tell of one erased person. @returns how many */
export async function forgetFilesAbout(ctx: Context, profileId: string): Promise<number> {
  return forget(
    ctx,
    await ctx.sql
      .selectFrom('stored_file')
      .selectAll()
      .where(sql<boolean>`${profileId}::uuid = any(about)`)
      .execute(),
  );
}

/** Lists made before an erasure may hold the erased person: they all go, uploads of people among them. @returns how many */
export async function forgetListFiles(ctx: Context): Promise<number> {
  return forget(
    ctx,
    await ctx.sql.selectFrom('stored_file').selectAll().where('holds_list', '=', true).execute(),
  );
}

/** @returns how many */
export async function forgetExpiredFiles(ctx: Context): Promise<number> {
  return forget(
    ctx,
    await ctx.sql.selectFrom('stored_file').selectAll().where('expires_at', '<=', ctx.clock.now()).execute(),
  );
}

/** One file at a time, as the one who is done with an upload. */
export async function forgetFile(ctx: Context, id: string): Promise<void> {
  await forget(ctx, await ctx.sql.selectFrom('stored_file').selectAll().where('id', '=', id).execute());
}

/** The file first: a row without a file is found and removed again, a file without a row never. */
async function forget(ctx: Context, files: readonly FileRow[]): Promise<number> {
  for (const file of files) {
    await rm(pathOf(ctx, file), { force: true });
    await ctx.sql.deleteFrom('stored_file').where('id', '=', file.id).execute();
  }
  return files.length;
}

export const filesJobs: readonly Job[] = [
  {
    name: 'files-forget-expired',
    cron: '*/10 * * * *',
    run: async (ctx) => void (await forgetExpiredFiles(ctx)),
  },
];
