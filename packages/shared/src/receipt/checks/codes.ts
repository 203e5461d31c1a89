import { keysOf } from '../../rules/index.ts';
import type { Problem } from '../../rules/index.ts';

/** Items of a list of one name that repeat a code before them. */
export function uniqueCodes(items: readonly unknown[], path: readonly string[]): Problem[] {
  const seen = new Set<unknown>();
  return items.flatMap((item, index): Problem[] => {
    const { code } = keysOf(item);
    if (!seen.has(code)) {
      seen.add(code);
      return [];
    }
    return [{ path: [...path, String(index), 'code'], code: 'DUPLICATE', message: 'codes are unique' }];
  });
}

export function problem(path: readonly string[], code: Problem['code'], message: string): Problem {
  return { path, code, message };
}
