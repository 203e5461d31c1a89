import type { Leaf } from '../condition.ts';
import type { SegmentTemplate } from './template.ts';

const LOW = [1, 2];
const HIGH = [4, 5];
const FROM_THREE = [3, 4, 5];

/** Together they are the whole grid of recency and frequency, and no cell is in two of them. */
export const RFM_TEMPLATES: readonly SegmentTemplate[] = [
  {
    code: 'rfm-champions',
    name: { ru: 'RFM: лучшие', en: 'RFM: champions' },
    description: { ru: 'Покупают часто и недавно.', en: 'Buy often and bought lately.' },
    condition: cells(HIGH, HIGH),
    blanks: [{ path: ['model'], asks: 'MODEL' }],
  },
  {
    code: 'rfm-loyal',
    name: { ru: 'RFM: постоянные', en: 'RFM: loyal' },
    description: {
      ru: 'Покупают регулярно, но уже не так недавно или не так часто, как лучшие.',
      en: 'Buy regularly, though not as lately or not as often as champions.',
    },
    condition: { group: 'ANY', of: [cells([3], FROM_THREE), cells(HIGH, [3])] },
    blanks: [
      { path: ['of', '0', 'model'], asks: 'MODEL' },
      { path: ['of', '1', 'model'], asks: 'MODEL' },
    ],
  },
  {
    code: 'rfm-promising',
    name: { ru: 'RFM: перспективные', en: 'RFM: promising' },
    description: { ru: 'Покупали недавно, но пока редко.', en: 'Bought lately, but seldom so far.' },
    condition: cells(FROM_THREE, LOW),
    blanks: [{ path: ['model'], asks: 'MODEL' }],
  },
  {
    code: 'rfm-at-risk',
    name: { ru: 'RFM: под угрозой', en: 'RFM: at risk' },
    description: { ru: 'Покупали часто, но давно не были.', en: 'Bought often, but not for long.' },
    condition: cells(LOW, FROM_THREE),
    blanks: [{ path: ['model'], asks: 'MODEL' }],
  },
  {
    code: 'rfm-lost',
    name: { ru: 'RFM: потерянные', en: 'RFM: lost' },
    description: { ru: 'Покупали редко и давно.', en: 'Bought seldom and long ago.' },
    condition: cells(LOW, LOW),
    blanks: [{ path: ['model'], asks: 'MODEL' }],
  },
];

function cells(recency: readonly number[], frequency: readonly number[]): Leaf {
  return { leaf: 'RFM', model: '', recency, frequency, monetary: [] };
}
