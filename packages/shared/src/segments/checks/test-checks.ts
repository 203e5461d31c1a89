import { keysOf, objectOf, optional, truth } from '../../rules/index.ts';
import type { Check, Problem } from '../../rules/index.ts';
import { differentItems } from './list-check.ts';
import { momentsCheck } from './moments-check.ts';
import { rangeOf } from './range-check.ts';
import { nameOf, problem, shortText, textOf } from './text-checks.ts';

const MOST_TESTS = 20;
const values = differentItems(textOf(1_000));

const ATTRIBUTE_TESTS: Readonly<Record<string, Check>> = {
  known: truth,
  among: values,
  contains: shortText,
  range: rangeOf('NUMBER'),
  is: truth,
  moments: momentsCheck,
};

/** One of the tests, whichever fits the attribute's type: that is known where attributes are. */
export const attributeTest: Check = (value, path) => {
  const kinds = Object.keys(keysOf(value)).filter((key) => Object.hasOwn(ATTRIBUTE_TESTS, key));
  const [kind] = kinds;
  const check = kind === undefined ? undefined : ATTRIBUTE_TESTS[kind];
  if (kind === undefined || check === undefined) return noTest(value, path);
  if (kinds.length > 1) return [problem(path, 'RANGE', 'one test only')];
  return objectOf({ [kind]: check })(value, path);
};

function noTest(value: unknown, path: readonly string[]): Problem[] {
  const problems = objectOf({})(value, path);
  return problems.length > 0
    ? problems
    : [problem(path, 'REQUIRED', Object.keys(ATTRIBUTE_TESTS).join(' or '))];
}

const testShape = objectOf({
  property: nameOf,
  among: optional(values),
  range: optional(rangeOf('NUMBER')),
});

const propertyTest: Check = (value, path) => {
  const problems = testShape(value, path);
  const { among, range } = keysOf(value);
  if (problems.length > 0 || (among === undefined) !== (range === undefined)) return problems;
  return [problem(path, 'REQUIRED', 'one of `among` and `range`')];
};

/** All of them are asked of one event. */
export const propertyTests: Check = differentItems(propertyTest, 0, MOST_TESTS);
