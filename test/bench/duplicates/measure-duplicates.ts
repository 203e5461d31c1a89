import { findPairs } from '@clientele/api/src/profiles/duplicates/matching/find-pairs.ts';
import { say, type Measure } from '../harness/results.ts';
import { pairKey, publicSets, type PublicSet } from './read-sets.ts';

/** What the queue would be asked to call one person; the same for every set, chosen before any was looked at. */
const THRESHOLD = 0.9;

interface Result {
  readonly set: string;
  readonly records: number;
  readonly truePairs: number;
  readonly candidates: number;
  readonly found: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  /** Share of true pairs that were compared at all. */
  readonly reach: number;
  readonly seconds: number;
}

/** Precision and recall of the product's own matching on public sets, without telling it a single true pair. */
export async function measureDuplicates(): Promise<Measure[]> {
  const results = [...publicSets()].map(measure);
  if (results.length === 0) say('Duplicates are left out: there is no ../shared/data beside the checkout.');
  say(HEADER.map((name, place) => (place === 0 ? name.padEnd(18) : name.padStart(11))).join(''));
  for (const result of results) say(line(result));
  return results.flatMap(figures);
}

const HEADER = [
  'set',
  'records',
  'true',
  'candidates',
  'found',
  'precision',
  'recall',
  'F1',
  'reach',
  'seconds',
];

function line(result: Result): string {
  const { set, records, truePairs, candidates, found, precision, recall, f1, reach, seconds } = result;
  const shares = [precision, recall, f1, reach].map((share) => share.toFixed(4));
  const cells = [records, truePairs, candidates, found, ...shares, seconds.toFixed(1)];
  return set.padEnd(18) + cells.map((cell) => String(cell).padStart(11)).join('');
}

function measure({ name, records, truth }: PublicSet): Result {
  const began = performance.now();
  const { candidates, pairs, compared } = findPairs(records, THRESHOLD);
  const seconds = (performance.now() - began) / 1000;
  const right = pairs.filter(({ left, right: other }) => truth.has(pairKey(left.id, other.id))).length;
  const reached = compared.filter(([left, other]) => truth.has(pairKey(left.id, other.id))).length;
  const precision = right / Math.max(1, pairs.length);
  const recall = right / truth.size;
  return {
    set: name,
    records: records.length,
    truePairs: truth.size,
    candidates,
    found: pairs.length,
    precision,
    recall,
    f1: (2 * precision * recall) / Math.max(Number.EPSILON, precision + recall),
    reach: reached / truth.size,
    seconds,
  };
}

function figures(result: Result): Measure[] {
  const { set, truePairs, candidates, found, precision, recall, f1, seconds } = result;
  const aimed = set.startsWith('febrl');
  const note = `${truePairs} true pairs, ${candidates} compared, ${found} found, F1 ${(100 * f1).toFixed(2)} %`;
  return [
    {
      target: '',
      name: `${set}: precision`,
      value: 100 * precision,
      unit: '%',
      ...(aimed ? { floor: 95, goal: 95 } : {}),
      note,
    },
    {
      target: '',
      name: `${set}: recall`,
      value: 100 * recall,
      unit: '%',
      ...(aimed ? { floor: 90, goal: 90 } : {}),
    },
    { target: '', name: `${set}: time`, value: seconds, unit: 's' },
  ];
}
