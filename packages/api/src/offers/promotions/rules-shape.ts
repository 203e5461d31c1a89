import type { InputProblemCode } from '../../platform/errors.ts';

const SECTIONS = ['when', 'where', 'audience', 'conditions', 'benefits', 'limits'] as const;

/** Whether every section is there at all. */
export function promotionRulesProblems(
  rules: unknown,
): { path: string[]; code: InputProblemCode; message: string }[] {
  if (rules === null || typeof rules !== 'object')
    return [{ path: [], code: 'FORMAT', message: 'is an object' }];
  return SECTIONS.filter((name) => !Object.hasOwn(rules, name)).map((name) => ({
    path: [name],
    code: 'REQUIRED',
    message: 'is missing',
  }));
}
