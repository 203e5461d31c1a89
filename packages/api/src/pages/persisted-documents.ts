import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const Documents = z.record(z.string().regex(/^[0-9a-f]{64}$/), z.string());

const FILES = ['pos-client', 'admin'].map(
  (app) => `${import.meta.dirname}/../../../${app}/dist/persisted-documents.json`,
);

/**
 * The documents the two apps were built with, by the SHA-256 of their text. An app that is not built has none: in
 * production it then gets no answers.
 */
export async function loadPersistedDocuments(files = FILES): Promise<ReadonlyMap<string, string>> {
  return new Map((await Promise.all(files.map(documentsOf))).flatMap((documents) => [...documents]));
}

async function documentsOf(file: string): Promise<ReadonlyMap<string, string>> {
  try {
    return new Map(Object.entries(Documents.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
    throw error;
  }
}
