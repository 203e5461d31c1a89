import type { LeafOf } from '@clientele/shared/segments';
import { GROUPS } from '../goods/catalogue.ts';
import { all, bought, category, last, stages, type ChainSegment, type ChainWords } from './leaf-words.ts';

const STAGES: readonly [LeafOf<'LIFECYCLE'>['stages'][number], string][] = [
  ['PROSPECT', 'Ещё не купили'],
  ['NEWCOMER', 'Новички'],
  ['ONE_TIME', 'Разовые'],
  ['ACTIVE', 'Активные'],
  ['LOYAL', 'Лояльные'],
  ['COOLING', 'Остывающие'],
  ['SLEEPING', 'Спящие'],
  ['LOST', 'Ушедшие'],
];

type Scores = readonly number[];
const CELLS: readonly [string, Scores, Scores, Scores][] = [
  ['Чемпионы', [5], [4, 5], [4, 5]],
  ['Верные', [3, 4], [4, 5], []],
  ['Могут стать верными', [4, 5], [2, 3], []],
  ['Новые крупные', [5], [1], [4, 5]],
  ['Новые мелкие', [5], [1], [1, 2]],
  ['Требуют внимания', [3], [3], [3]],
  ['Засыпают', [2, 3], [1, 2], []],
  ['Нельзя потерять', [1, 2], [5], [5]],
  ['В зоне риска', [2], [3, 4], []],
  ['Потерянные', [1], [1], []],
];

const PAIRS: readonly [name: string, first: string, without: string, days: number][] = [
  ['Обувь без носков', 'Обувь', 'Аксессуары/Носки и колготки', 30],
  ['Пальто без шарфа', 'Женщинам/Верхняя одежда', 'Аксессуары/Мелочи', 45],
  ['Костюм без рубашки', 'Мужчинам/Одежда/Костюмы', 'Мужчинам/Одежда/Рубашки', 30],
  ['Школьная форма без обуви', 'Детям/Школа', 'Обувь/Детская', 60],
];

/** How they live with the shop. */
export function behaviourSegments({ model }: ChainWords): ChainSegment[] {
  return [
    ...STAGES.map(([stage, name]) => ({ key: `stage-${stage}`, name, condition: stages(stage) })),
    ...CELLS.map(([name, recency, frequency, monetary], index) => ({
      key: `rfm-${index}`,
      name: `RFM: ${name.toLowerCase()}`,
      condition: { leaf: 'RFM' as const, model, recency, frequency, monetary },
    })),
    ...[15_000, 20_000, 30_000].map((times) => ({
      key: `interval-${times}`,
      name: `Не были ${times / 10_000} своих обычных перерыва`,
      condition: { leaf: 'OWN_INTERVAL' as const, times },
    })),
    ...PAIRS.map(([name, first, without, days], index) => ({
      key: `pair-${index}`,
      name,
      condition: {
        leaf: 'BOUGHT_WITHOUT' as const,
        first: category(first),
        without: category(without),
        days,
        moments: last(180),
      },
    })),
    ...GROUPS.slice(0, 6).map((group) => ({
      key: `taste-${group}`,
      name: `Вкус: ${group.toLowerCase()}, купили за два месяца`,
      condition: all(
        {
          leaf: 'INTEREST',
          goods: { categories: [group] },
          leastShare: 3_500,
          pieces: 3,
          halfLifeDays: 180,
        },
        bought({ least: 1 }, last(60), category(group)),
      ),
    })),
  ];
}
