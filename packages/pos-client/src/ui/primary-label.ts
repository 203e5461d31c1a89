import type { Words } from '../i18n/ru.ts';
import type { Act, NextStep, TillState } from '../till-flow/index.ts';

const invitations: readonly Act[] = ['wait', 'phone', 'scan', 'chooseCashier', 'enterCode'];

/** Nothing can be pressed on yet: the button only says what is missing. */
export function isIdle(state: TillState, next: NextStep): boolean {
  return state.busy !== null || invitations.includes(next.act);
}

/** What the big button says: the step, and the sum or points it is about. */
export function primaryLabel(state: TillState, next: NextStep, words: Words, currency: string): string {
  if (state.armed !== null) return state.busy === null ? words.receipt.counting : words.busy.armed;
  if (state.busy !== null) return words.busy[state.busy.what];
  if (state.stage === 'main' && next.act === 'wait') return words.receipt.counting;
  const label = words.next[next.act];
  if (next.amount === null) return label;
  const amount = words.money(next.amount, currency);
  switch (next.act) {
    case 'finish':
    case 'acceptQuote':
      return `${label} · ${amount}`;
    case 'holdAndPay':
      return next.points > 0 ? words.redeemAndPay(next.points, amount) : `${label} · ${amount}`;
    default:
      return label;
  }
}
