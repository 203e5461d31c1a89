import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const NAME = 'virtual:persisted-documents';
const RESOLVED = `\0${NAME}`;

/** Every document of the till as { operation: text }. */
async function documents(): Promise<Map<string, string>> {
  const all: Record<string, unknown> = await import('./src/api/documents/index.ts');
  const texts = Object.values(all).filter((value) => typeof value === 'string');
  return new Map(texts.map((text) => [/(?:query|mutation) (\w+)/.exec(text)?.[1] ?? '', text]));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Gives the till the hashes of its documents and writes `persisted-documents.json` ({ sha256: document }) beside
 * the app: the API takes only these documents from a till in production.
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
      const entries = isBuild ? [...(await documents())].map(([name, text]) => [name, sha256(text)]) : [];
      return `export const hashes = ${JSON.stringify(Object.fromEntries(entries))};`;
    },
    async generateBundle() {
      const byHash = [...(await documents()).values()].map((text) => [sha256(text), text]);
      this.emitFile({
        type: 'asset',
        fileName: 'persisted-documents.json',
        source: JSON.stringify(Object.fromEntries(byHash), null, 1),
      });
    },
  };
}
