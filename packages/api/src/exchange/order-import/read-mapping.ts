import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UnusableMapping } from '../exchange.errors.ts';
import { parseMapping, type OrderMapping } from './mapping.ts';

const READY = join(import.meta.dirname, '..', 'mappings');

/**
 * A mapping by the path of its file, or by the name of one that comes with the product.
 * @param cwd what a path is relative to
 * @throws UnusableMapping
 */
export function readMapping(nameOrPath: string, cwd: string): OrderMapping {
  const own = resolve(cwd, nameOrPath);
  const ready = join(READY, `${nameOrPath}.json`);
  const file = [own, ready].find((path) => existsSync(path));
  if (file === undefined) {
    const names = readdirSync(READY).map((name) => name.replace(/\.json$/, ''));
    throw new UnusableMapping(`there is no mapping ${nameOrPath}; ready ones: ${names.join(', ')}`);
  }
  return parseMapping(parseJson(file));
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UnusableMapping(
      `${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}
