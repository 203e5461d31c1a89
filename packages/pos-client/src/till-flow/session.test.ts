import { expect, test } from 'vitest';
import {
  Play,
  aBasket,
  aKnownShopper,
  aPayment,
  aQuote,
  aTill,
  aVisit,
  anOrder,
  refused,
  till,
} from './testing/play.ts';

test('a new till asks for its pairing code and goes to the lock with it', () => {
  const play = new Play().event({ type: 'started', paired: false });
  expect([play.state.stage, play.act]).toEqual(['pairing', 'pair']);
  play.type('pairing', 'AB-12').enter();
  expect(play.sent('pair').code).toBe('AB-12');
  play.answer('pair', { __typename: 'TillPaired', token: 'secret', till });
  expect(play.state.stage).toBe('lock');
});

test('a refused pairing code stays on the screen with words', () => {
  const play = new Play().event({ type: 'started', paired: false }).type('pairing', 'X').enter();
  play.answer('pair', { ...refused('PairingCodeRefused'), retryAt: null });
  expect([play.state.stage, play.notice, play.act]).toEqual(['pairing', 'PairingCodeRefused', 'pair']);
});

test('Enter on an empty pairing code sends nothing', () => {
  const play = new Play().event({ type: 'started', paired: false }).enter();
  expect(play.count('pair')).toBe(0);
});

test('a token the server does not know leads to pairing and is dropped', () => {
  const play = new Play().event({ type: 'started', paired: true }).fail('loadTill', 'SESSION_OVER');
  expect([play.state.stage, play.notice, play.count('unpair')]).toEqual(['pairing', 'TILL_UNPAIRED', 1]);
  const other = new Play().event({ type: 'started', paired: true }).answer('loadTill', null);
  expect(other.state.stage).toBe('pairing');
});

test('without network at the start Enter asks for the till again', () => {
  const play = new Play().event({ type: 'started', paired: true }).fail('loadTill', 'OFFLINE');
  expect([play.state.stage, play.notice, play.act, play.state.online]).toEqual([
    'starting',
    'OFFLINE',
    'retry',
    false,
  ]);
  play.enter().answer('loadTill', till);
  expect([play.state.stage, play.state.online]).toEqual(['lock', true]);
});

test('the lock asks who, then the PIN; a wrong PIN empties the box', () => {
  const play = new Play().event({ type: 'started', paired: true }).answer('loadTill', till);
  expect(play.act).toBe('chooseCashier');
  play.event({ type: 'cashierChosen', id: 'cashier-1' }).type('pin', '00a1').enter();
  expect(play.sent('signIn')).toMatchObject({ cashierId: 'cashier-1', pin: '001' });
  play.answer('signIn', { ...refused('WrongPin'), attemptsLeft: 4, lockedUntil: null });
  expect([play.state.stage, play.notice, play.state.text.pin]).toEqual(['lock', 'WrongPin', '']);
  expect(play.state.notice?.facts['attemptsLeft']).toBe(4);
});

test('a till with one cashier asks only for the PIN', () => {
  const play = new Play()
    .event({ type: 'started', paired: true })
    .answer('loadTill', { ...till, cashiers: till.cashiers.slice(0, 1) });
  expect([play.state.cashierId, play.act]).toEqual(['cashier-1', 'signIn']);
});

test('signing in opens the sale and looks for an order left by a reload', () => {
  const play = aTill();
  expect([play.state.stage, play.state.cashier?.name, play.count('recover')]).toEqual(['main', 'Olga', 1]);
});

test('F10 locks an empty till; with goods on it the PIN is asked over the same screen', () => {
  const empty = aTill().key('F10');
  expect([empty.state.stage, empty.count('signOut')]).toEqual(['lock', 1]);
  const busy = aBasket().key('F10');
  expect([busy.state.stage, busy.state.sessionOver, busy.state.sale.lines.length]).toEqual(['main', true, 1]);
});

test('a session that ends in the middle asks the PIN, keeps the basket and repeats the same request', () => {
  const play = aKnownShopper().enter().fail('begin', 'SESSION_OVER');
  const before = play.sent('begin');
  expect([play.state.sessionOver, play.state.stage, play.act]).toEqual([true, 'main', 'signIn']);
  play.type('pin', '1234').enter();
  play.answer('signIn', {
    __typename: 'CashierSignedIn',
    expiresAt: '2026-11-22T20:00:00Z',
    cashier: { id: 'cashier-1', name: 'Olga' },
  });
  expect(play.state.sessionOver).toBe(false);
  expect(play.sent('begin').order).toEqual(before.order);
  expect(play.sent('begin').ask).not.toBe(before.ask);
  expect(play.state.sale.shopper?.visitId).toBe('visit-1');
});

test('a wrong PIN over the sale keeps waiting with the same request', () => {
  const play = aKnownShopper().enter().fail('begin', 'SESSION_OVER').type('pin', '9').enter();
  play.answer('signIn', { ...refused('WrongPin'), attemptsLeft: 1, lockedUntil: null });
  expect([play.state.sessionOver, play.state.retry?.do]).toEqual([true, 'begin']);
});

test('a till revoked during a sale goes to pairing when the PIN is answered with a refusal of the token', () => {
  const play = aKnownShopper().enter().fail('begin', 'SESSION_OVER').type('pin', '1234').enter();
  play.fail('signIn', 'SESSION_OVER');
  expect([play.state.stage, play.notice]).toEqual(['pairing', 'TILL_UNPAIRED']);
});

test('after a reload a begun order goes on under its own keys to the payment', () => {
  const order = aPayment().sent('begin').order;
  const play = aTill().event({ type: 'recovered', begun: order });
  expect(play.sent('begin').order).toEqual(order);
  play.answer('begin', {
    __typename: 'OrderBegun',
    holdExpiresAt: null,
    order: anOrder({ toPay: '940.00' }),
  });
  expect([play.state.stage, play.act, play.state.sale.order?.toPay]).toEqual(['payment', 'commit', '940.00']);
  expect(play.state.sale.lines.map((line) => line.sku)).toEqual(['SCF-1']);
});

test('after a reload without an open order the till waits for the next shopper', () => {
  const play = aTill().event({ type: 'recovered', begun: null });
  expect([play.state.stage, play.state.busy]).toEqual(['main', null]);
});

test('a new version waits for the end of the receipt', () => {
  const busy = aBasket().event({ type: 'updateReady' }).event({ type: 'updateWanted' });
  expect(busy.count('reload')).toBe(0);
  const free = aTill().event({ type: 'updateReady' }).event({ type: 'updateWanted' });
  expect(free.count('reload')).toBe(1);
});

test('a till too old for its server offers to update', () => {
  const play = aBasket().type('phone', '9161234567').enter().fail('identify', 'OUTDATED');
  expect([play.notice, play.act]).toEqual(['OUTDATED', 'reload']);
  expect(play.enter().count('reload')).toBe(1);
});

test('the clock difference is kept in minutes', () => {
  expect(aTill().event({ type: 'clockRead', skewMinutes: -12 }).state.skewMinutes).toBe(-12);
});

test('an answer nobody waits for any more changes nothing', () => {
  const play = aBasket().type('phone', '9161234567').enter();
  const late = play.sent('identify');
  play.escape();
  const before = play.state;
  play.event({ type: 'answered', request: late, answer: { to: 'identify', value: aVisit() } });
  expect(play.state).toBe(before);
  const quoted = aBasket();
  const old = quoted.sent('preview');
  quoted.event({ type: 'quantitySet', key: 1, milli: 2000 });
  quoted.event({
    type: 'answered',
    request: old,
    answer: { to: 'preview', value: aQuote({ toPay: '1.00' }) },
  });
  expect(quoted.state.sale.quote?.toPay).toBe('1290.00');
});
