import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const Documents = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

/**
 * The documents the till was built with, by the SHA-256 of their text. A till that is not built has none: in
 * production it then gets no answers.
 */
export async function loadPersistedDocuments(
  file = `${import.meta.dirname}/../../../pos-client/dist/persisted-documents.json`,
): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map(Object.entries(Documents.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
