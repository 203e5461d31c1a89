/** Something wrong at a place of a JSON document. `message` says what is wanted, in English, for developers. */
export interface Problem {
  readonly path: readonly string[];
  readonly code: 'REQUIRED' | 'FORMAT' | 'RANGE' | 'UNKNOWN' | 'DUPLICATE';
  readonly message: string;
}

/** Problems of a value found at a path; none = the value fits. */
export type Check = (value: unknown, path: readonly string[]) => Problem[];

/** An object with exactly these keys; a check that accepts undefined makes its key optional. */
export function objectOf(shape: Readonly<Record<string, Check>>): Check {
  return (value, path) => {
    if (!isRecord(value)) return missingOr(value, path, 'FORMAT', 'an object');
    const unknown = Object.keys(value).filter((key) => !Object.hasOwn(shape, key));
    return [
      ...Object.entries(shape).flatMap(([key, check]) => check(value[key], [...path, key])),
      ...unknown.map((key) => ({
        path: [...path, key],
        code: 'UNKNOWN' as const,
        message: 'no such setting',
      })),
    ];
  };
}

/** An object of any keys that pass `keyCheck`, with values that pass `check`. */
export function recordOf(keyCheck: Check, check: Check): Check {
  return (value, path) => {
    if (!isRecord(value)) return missingOr(value, path, 'FORMAT', 'an object');
    return Object.entries(value).flatMap(([key, item]) => [
      ...keyCheck(key, [...path, key]),
      ...check(item, [...path, key]),
    ]);
  };
}

export function listOf(check: Check): Check {
  return (value, path) =>
    Array.isArray(value)
      ? value.flatMap((item, index) => check(item, [...path, String(index)]))
      : missingOr(value, path, 'FORMAT', 'a list');
}

/** A list that is right item by item and then as a whole. */
export function wholeList(
  items: Check,
  list: (items: readonly unknown[], path: readonly string[]) => Problem[],
): Check {
  return (value, path) => {
    const problems = items(value, path);
    return problems.length > 0 || !Array.isArray(value) ? problems : list(value, path);
  };
}

export function optional(check: Check): Check {
  return (value, path) => (value === undefined ? [] : check(value, path));
}

export function orNull(check: Check): Check {
  return (value, path) => (value === null ? [] : check(value, path));
}

export function oneOf(options: readonly string[]): Check {
  return (value, path) =>
    typeof value === 'string' && options.includes(value)
      ? []
      : missingOr(value, path, 'UNKNOWN', options.join(' or '));
}

/** A safe integer within bounds, both included. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER): Check {
  return (value, path) => {
    if (!Number.isSafeInteger(value)) return missingOr(value, path, 'FORMAT', 'a whole number');
    const inside = Number(value) >= least && Number(value) <= most;
    return inside ? [] : [{ path, code: 'RANGE', message: `from ${least} to ${most}` }];
  };
}

export const truth: Check = (value, path) =>
  typeof value === 'boolean' ? [] : missingOr(value, path, 'FORMAT', 'true or false');

export const nonEmptyText: Check = (value, path) =>
  typeof value === 'string' && value !== '' ? [] : missingOr(value, path, 'FORMAT', 'a text');

/** The value's own keys when it is an object, else none: for looking into what is not checked yet. */
export function keysOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function missingOr(
  value: unknown,
  path: readonly string[],
  code: Problem['code'],
  wanted: string,
): Problem[] {
  return [{ path, code: value === undefined ? 'REQUIRED' : code, message: wanted }];
}
