import type { LeafOf, Range } from '@clientele/shared/segments';
import { POOLS } from '../codes/define-pools.ts';
import {
  all,
  bought,
  last,
  none,
  paid,
  points,
  tier,
  type ChainSegment,
  type ChainWords,
} from './leaf-words.ts';

const BALANCES: readonly [string, Range][] = [
  ['ни одного', { most: 0 }],
  ['до 100', { least: 1, most: 99 }],
  ['100–499', { least: 100, most: 499 }],
  ['500–1 999', { least: 500, most: 1_999 }],
  ['от 2 000', { least: 2_000 }],
];
const TIERS: readonly [string, string][] = [
  ['SILVER', 'Серебряный'],
  ['GOLD', 'Золотой'],
  ['PLATINUM', 'Платиновый'],
];
const STATES: readonly [LeafOf<'PROMO_CODE'>['state'], string][] = [
  ['OPEN', 'на руках'],
  ['USED', 'использован'],
  ['EXPIRED', 'сгорел'],
];

/** Points, tiers and codes. */
export function loyaltySegments({ pools }: ChainWords): ChainSegment[] {
  return [
    ...BALANCES.map(([name, range], index) => ({
      key: `points-${index}`,
      name: `Баллы: ${name}`,
      condition: points('ACTIVE', range),
    })),
    ...[7, 14, 30].map((days) => ({
      key: `expiring-${days}`,
      name: `Сгорит 100 баллов и больше за ${days} дней`,
      condition: points('EXPIRING', { least: 100 }, days),
    })),
    { key: 'pending', name: 'Баллы ждут активации', condition: points('PENDING', { least: 1 }) },
    { key: 'debtors', name: 'Баллы в долг', condition: points('DEBT', { least: 1 }) },
    {
      key: 'points-sleep',
      name: 'Много баллов, а не покупают 60 дней',
      condition: all(points('ACTIVE', { least: 500 }), none(bought({ least: 1 }, last(60)))),
    },
    ...TIERS.map(([code, name]) => ({ key: `tier-${code}`, name: `${name} уровень`, condition: tier(code) })),
    { key: 'tier-none', name: 'Без уровня', condition: none(tier('SILVER', 'GOLD', 'PLATINUM')) },
    {
      key: 'nearly-silver',
      name: 'До серебра меньше 10 000 ₽',
      condition: all(
        paid('SUM', { least: 30_000, most: 40_000 }, last(365)),
        none(tier('SILVER', 'GOLD', 'PLATINUM')),
      ),
    },
    {
      key: 'nearly-gold',
      name: 'До золота меньше 15 000 ₽',
      condition: all(paid('SUM', { least: 65_000, most: 80_000 }, last(365)), tier('SILVER')),
    },
    {
      key: 'gold-cools',
      name: 'Золотые и платиновые без покупок 90 дней',
      condition: all(tier('GOLD', 'PLATINUM'), none(bought({ least: 1 }, last(90)))),
    },
    ...POOLS.flatMap(([name], index) =>
      STATES.map(([state, word]) => ({
        key: `code-${index}-${state}`,
        name: `«${name}»: код ${word}`,
        condition: { leaf: 'PROMO_CODE' as const, pools: [pools[index] ?? ''], state },
      })),
    ),
    ...POOLS.slice(0, 3).map(([name], index) => ({
      key: `with-code-${index}`,
      name: `Купили с кодом «${name}» за год`,
      condition: bought({ least: 1 }, last(365), { codePools: [pools[index] ?? ''] }),
    })),
  ];
}
