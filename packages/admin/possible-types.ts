import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildSchema, isAbstractType } from 'graphql';
import type { Plugin } from 'vite';

const NAME = 'virtual:possible-types';
const RESOLVED = `\0${NAME}`;
const SCHEMA = fileURLToPath(new URL('../api/schema.graphql', import.meta.url));

/** Which types each interface and union of the schema may be: Apollo's cache and the refusals need it at run time. */
export function possibleTypes(): Plugin {
  return {
    name: 'possible-types',
    resolveId: (id) => (id === NAME ? RESOLVED : null),
    async load(id) {
      if (id !== RESOLVED) return null;
      this.addWatchFile(SCHEMA);
      const schema = buildSchema(await readFile(SCHEMA, 'utf8'));
      const entries = Object.values(schema.getTypeMap())
        .filter((type) => isAbstractType(type))
        .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)]);
      return `export const possibleTypes = ${JSON.stringify(Object.fromEntries(entries))};`;
    },
  };
}
