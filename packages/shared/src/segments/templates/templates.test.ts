import { describe, expect, it } from 'vitest';
import { conditionProblems, leavesOf } from '../index.ts';
import { filled, SEGMENT_TEMPLATES } from './index.ts';
import type { Blank, SegmentTemplate } from './index.ts';

const model = '0190a000-0000-7000-8000-000000000001';
const VALUES: { readonly [Asks in Blank['asks']]: string | readonly string[] } = {
  CATEGORIES: ['shoes'],
  MODEL: model,
  CURRENCY: 'RUB',
};

function template(code: string): SegmentTemplate {
  const found = SEGMENT_TEMPLATES.find((each) => each.code === code);
  if (found === undefined) throw new Error(`no template ${code}`);
  return found;
}

describe.each(SEGMENT_TEMPLATES)('$code', (each) => {
  it('lacks its blanks and nothing else', () => {
    const { condition, blanks } = each;
    expect(conditionProblems(condition).map(({ path }) => path)).toEqual(blanks.map(({ path }) => path));
    expect(conditionProblems(filled(each, ({ asks }) => VALUES[asks]))).toEqual([]);
  });

  it('has words in both languages', () => {
    const { name, description } = each;
    for (const text of [name.ru, description.ru]) expect(text).toMatch(/[а-я]/);
    for (const text of [name.en, description.en]) expect(text).toMatch(/^[A-Z0-9][^а-я]+$/);
  });
});

it('each has a code of its own', () => {
  const codes = SEGMENT_TEMPLATES.map(({ code }) => code);
  expect(new Set(codes).size).toBe(codes.length);
});

it('a blank for which nothing is given stays one', () => {
  const spenders = template('big-spenders');
  expect(filled(spenders, () => undefined)).toEqual(spenders.condition);
});

it('blanks are filled where they are', () => {
  const loyal = filled(template('rfm-loyal'), () => model);
  expect(loyal).toEqual({
    group: 'ANY',
    of: [
      { leaf: 'RFM', model, recency: [3], frequency: [3, 4, 5], monetary: [] },
      { leaf: 'RFM', model, recency: [4, 5], frequency: [3], monetary: [] },
    ],
  });
});

it('RFM templates share out every cell of the grid', () => {
  const cells = SEGMENT_TEMPLATES.flatMap(({ condition }) =>
    leavesOf(condition).flatMap(({ node }) =>
      node.leaf === 'RFM' ? node.recency.flatMap((r) => node.frequency.map((f) => `${r}${f}`)) : [],
    ),
  );
  const grid = [1, 2, 3, 4, 5].flatMap((r) => [1, 2, 3, 4, 5].map((f) => `${r}${f}`));
  expect(cells.toSorted()).toEqual(grid);
});
