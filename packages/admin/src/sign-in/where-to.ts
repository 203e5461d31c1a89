/** Where a person goes after signing in: a page of ours they asked for, else the first one. */
export function whereTo(asked: unknown): string {
  if (typeof asked !== 'string' || !/^\/(?![/\\])/.test(asked)) return '/';
  return asked.startsWith('/sign-in') ? '/' : asked;
}
