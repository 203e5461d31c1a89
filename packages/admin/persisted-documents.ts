import { createHash } from 'node:crypto';
import { glob } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { InMemoryCache } from '@apollo/client';
import { getOperationAST, print, type DocumentNode } from 'graphql';
import type { Plugin } from 'vite';

const NAME = 'virtual:persisted-documents';
const RESOLVED = `\0${NAME}`;

/** Every operation of the `operations` files by its name, as the client sends it: with the cache's `__typename`s. */
export async function persistedTexts(): Promise<Map<string, string>> {
  const texts = new Map<string, string>();
  const cache = new InMemoryCache();
  const root = new URL('src/', import.meta.url).pathname;
  for await (const path of glob(['**/operations.ts', '**/operations/*.ts'], { cwd: root })) {
    if (path.endsWith('.test.ts')) continue;
    const module = (await import(pathToFileURL(root + path).href)) as Record<string, unknown>;
    for (const value of Object.values(module).filter(isOperation)) {
      const name = getOperationAST(value)?.name?.value;
      if (name === undefined) throw new Error(`An operation without a name in ${path}.`);
      const text = print(cache.transformDocument(value));
      if ((texts.get(name) ?? text) !== text)
        throw new Error(`Two operations are called ${name}: see ${path}.`);
      texts.set(name, text);
    }
  }
  return texts;
}

function isOperation(value: unknown): value is DocumentNode {
  const document = value as DocumentNode | null;
  return typeof value === 'object' && document?.kind === 'Document' && Boolean(getOperationAST(document));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Gives the app the hashes of its documents and writes `persisted-documents.json` ({ sha256: document }) beside it: in
 * production the API takes only these from a browser.
 */
export function persistedDocuments(): Plugin {
  let isBuild = false;
  return {
    name: 'persisted-documents',
    configResolved: (config) => {
      isBuild = config.command === 'build';
    },
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      const entries = isBuild
        ? [...(await persistedTexts())].map(([name, text]) => [name, sha256(text)])
        : [];
      return `export const hashes = ${JSON.stringify(Object.fromEntries(entries))};`;
    },
    async generateBundle() {
      const byHash = [...(await persistedTexts()).values()].map((text) => [sha256(text), text]);
      this.emitFile({
        type: 'asset',
        fileName: 'persisted-documents.json',
        source: JSON.stringify(Object.fromEntries(byHash), null, 1),
      });
    },
  };
}
