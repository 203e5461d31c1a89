import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, conditionProblems, fieldsOf, isAsked, isGroup, leavesOf, nodesOf } from './index.ts';
import type { Condition } from './index.ts';
import { aRandomCondition, aRandomLeaf } from './testing-conditions.ts';

/** The same condition in another order of keys, parts and values. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled).toReversed();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, item]) => [key, shuffled(item)]),
  );
}

describe('random conditions', () => {
  it('that fit the table have no problems', () =>
    fc.assert(fc.property(aRandomCondition(), (condition) => conditionProblems(condition).length === 0)));

  it('any argument of which is wrong have a problem there', () =>
    fc.assert(
      fc.property(
        aRandomLeaf(),
        fc.nat(),
        fc.constantFrom(null, 1e300, Number.NaN, [[]], { $ne: 1 }),
        (leaf, at, wrong) => {
          const names = Object.keys(leaf);
          const name = names[at % names.length] ?? 'leaf';
          const [problem] = conditionProblems({ ...leaf, [name]: wrong });
          expect(problem?.path[0]).toBe(name);
        },
      ),
    ));

  it('that lack an argument they need have a problem there', () =>
    fc.assert(
      fc.property(aRandomLeaf(), fc.nat(), (leaf, at) => {
        const args: Readonly<Record<string, unknown>> = { ...leaf };
        const needed = fieldsOf(leaf.leaf).filter(
          ([, field]) => field.optional !== true && isAsked(field, args),
        );
        const name = needed[at % needed.length]?.[0] ?? 'leaf';
        const { [name]: _, ...rest } = args;
        // A leaf without its kind is no leaf: then the first of its other keys is out of place.
        const there = name === 'leaf' ? (Object.keys(rest)[0] ?? '') : name;
        expect(conditionProblems(rest).map(({ path }) => path[0] ?? '')).toContain(there);
      }),
    ));

  it('with a key nobody knows have a problem there', () =>
    fc.assert(
      fc.property(aRandomLeaf(), (leaf) => {
        const problems = conditionProblems({ group: 'ALL', of: [{ ...leaf, constructor: 1 }] });
        expect(problems.map(({ path }) => path.join('.'))).toEqual(['of.0.constructor']);
      }),
    ));

  it('that are any JSON never throw', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        conditionProblems(value);
        conditionProblems({ group: 'ALL', of: value });
        conditionProblems({ leaf: 'PURCHASES', purchases: value, moments: value, range: value });
      }),
    ));

  it('have one canonical text in any order, and through JSON', () =>
    fc.assert(
      fc.property(aRandomCondition(), (condition) => {
        expect(canonical(shuffled(condition) as Condition)).toBe(canonical(condition));
        expect(canonical(JSON.parse(JSON.stringify(condition)) as Condition)).toBe(canonical(condition));
      }),
    ));

  it('are walked node by node, at the paths where the nodes stand', () =>
    fc.assert(
      fc.property(aRandomCondition(), (condition) => {
        const nodes = nodesOf(condition);
        expect(nodes.length - nodes.filter(({ node }) => isGroup(node)).length).toBe(
          leavesOf(condition).length,
        );
        for (const { path, node } of nodes) {
          const there = path.reduce<unknown>(
            (value, step) => (value as Record<string, unknown>)[step],
            condition,
          );
          expect(there).toBe(node);
        }
      }),
    ));
});
