import { calculateReceipt } from '@clientele/shared/receipt';
import type { ReceiptInput } from '@clientele/shared/receipt';
import { median, type Measure } from '../harness/results.ts';
import { baskets, promotions } from './baskets.ts';

const LINES = 30;
const ROUNDS = 5;

/**
 * The calculation alone, in this process: baskets a second of processor time (so a busy machine changes little) by how
 * many promotions are active.
 */
export async function measureReceipt(): Promise<Measure[]> {
  const cases = [0, 20, 200].map((count) => ({ count, inputs: baskets(1_000, LINES, promotions(count)) }));
  for (const { inputs } of cases) calculateAll(inputs);
  const times = cases.map(() => [] as number[]);
  // In turn, so that what else the machine does hits all alike.
  for (let round = 0; round < ROUNDS; round += 1)
    cases.forEach(({ inputs }, index) => times[index]?.push(calculateAll(inputs)));
  const each = times.map((list) => median(list));
  const [none = 0, twenty = 0, many = 0] = each;
  const applied = cases.map(({ inputs }) => appliedTo(inputs));
  const tenThousand = baskets(10_000, 8, promotions(20));
  return [
    ...cases.map(({ count }, index) => ({
      target: '',
      name: `baskets of ${LINES} lines with ${count} promotions`,
      value: 1_000 / (each[index] ?? 1),
      unit: '/s' as const,
      note: `${(each[index] ?? 0).toFixed(3)} ms a basket, ${(applied[index] ?? 0).toFixed(1)} promotions apply`,
    })),
    {
      target: 'Q4',
      name: '20 promotions add to a preview',
      value: twenty - none,
      unit: 'ms',
      floor: 1,
      goal: 0.5,
      better: 'LESS',
    },
    {
      target: 'Q4',
      name: '200 promotions add to a preview',
      value: many - none,
      unit: 'ms',
      floor: 3,
      goal: 1.5,
      better: 'LESS',
    },
    {
      target: '',
      name: '10,000 random baskets of 8 lines with 20 promotions',
      value: (calculateAll(tenThousand) * tenThousand.length) / 1_000,
      unit: 's',
      floor: 5,
      goal: 2.5,
      better: 'LESS',
    },
  ];
}

/** Milliseconds of the processor a basket. */
function calculateAll(inputs: readonly ReceiptInput[]): number {
  const began = process.cpuUsage();
  let toPay = 0;
  for (const input of inputs) toPay += calculateReceipt(input).toPay;
  if (toPay <= 0) throw new Error('nothing was calculated');
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1_000 / inputs.length;
}

function appliedTo(inputs: readonly ReceiptInput[]): number {
  const some = inputs.slice(0, 100).map((input) => calculateReceipt(input).promotions);
  return (
    some.reduce((sum, verdicts) => sum + verdicts.filter(({ applied }) => applied).length, 0) / some.length
  );
}
