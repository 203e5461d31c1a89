import { expect, test } from 'vitest';
import { aBasket, anOrder, aVisit, refused } from './testing/play.ts';
import type { Play } from './testing/play.ts';
import type { UndoAnswer } from './answers.ts';

/** The result of a sale of 1 290 roubles stands on the screen. */
function aResult(): Play {
  const play = aBasket().enter();
  play.answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() });
  return play.answer('commit', {
    __typename: 'OrderCommitted',
    earned: 36,
    activateAt: null,
    overdrawn: 0,
    order: anOrder({ state: 'COMMITTED' }),
    account: aVisit().account,
  });
}

const { account } = aVisit();
const returned: UndoAnswer = {
  __typename: 'OrderReturned',
  moneyBack: '1290.00',
  pointsRestored: 0,
  pointsClawedBack: 36,
  account: account && { ...account, available: 1204 },
};

test('a sale is taken back while its result stands, after one question', () => {
  const play = aResult().event({ type: 'undoWanted' });
  expect([play.act, play.state.notice?.code, play.count('undo')]).toEqual(['undoSale', 'UndoSale', 0]);
  play.enter();
  expect(play.sent('undo')).toMatchObject({ externalId: 'order-1' });
  expect(play.sent('undo').returnId).not.toBe(play.sent('undo').requestId);
  play.answer('undo', returned);
  expect(play.state.result?.undone).toEqual({ moneyBack: '1290.00', restored: 0, clawedBack: 36 });
  expect(play.state.result?.balance).toBe(1204);
  expect([play.state.stage, play.act]).toEqual(['result', 'nextSale']);
  // Once is enough.
  play.event({ type: 'undoWanted' });
  expect([play.state.notice, play.count('undo')]).toEqual([null, 1]);
});

test('Esc keeps the sale; the question is not taken away by the clock', () => {
  const play = aResult().event({ type: 'undoWanted' }).event({ type: 'resultShown' });
  expect(play.state.stage).toBe('result');
  play.event({ type: 'escape' });
  expect([play.state.stage, play.state.notice, play.count('undo')]).toEqual(['result', null, 0]);
  expect(play.event({ type: 'resultShown' }).state.stage).toBe('main');
});

test('a scan does not run over a sale that is being taken back', () => {
  const play = aResult()
    .event({ type: 'undoWanted' })
    .enter()
    .event({ type: 'scanned', code: '4600000000017' });
  expect([play.state.stage, play.state.busy?.what, play.count('lookUp')]).toEqual(['result', 'undo', 1]);
});

test('a lost answer is asked for again by the same keys; no scan takes it away', () => {
  const play = aResult().event({ type: 'undoWanted' }).enter();
  const first = play.sent('undo');
  play.fail('undo', 'TIMEOUT').event({ type: 'scanned', code: '4600000000017' });
  expect([play.state.stage, play.act, play.count('lookUp')]).toEqual(['result', 'retry', 1]);
  play.enter();
  expect(play.sent('undo')).toEqual({ ...first, ask: play.sent('undo').ask });
  play.answer('undo', returned);
  expect(play.state.result?.undone?.moneyBack).toBe('1290.00');
});

test('what cannot be undone is told, and the result stays', () => {
  const play = aResult().event({ type: 'undoWanted' }).enter();
  play.answer('undo', refused('QuantityExceeded'));
  expect(play.state.notice).toMatchObject({ code: 'QuantityExceeded', enter: 'dismiss' });
  expect([play.state.stage, play.act, play.state.result?.undone]).toEqual(['result', 'dismiss', null]);
});
