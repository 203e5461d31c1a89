import { expect, test } from 'vitest';
import {
  aBasket,
  aChallenge,
  aKnownShopper,
  aPayment,
  aQuote,
  aTill,
  aVerifiedShopper,
  aVisit,
  anOrder,
  refused,
} from './testing/play.ts';

test('a known shopper, earning only, without a code: twelve key presses to the recorded receipt', () => {
  const play = aBasket().type('phone', '9161234567').enter();
  expect(play.sent('identify')).toMatchObject({ address: { phone: '9161234567' }, verify: false });
  play.answer('identify', aVisit()).answer('preview', aQuote());
  play.enter();
  play.answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() });
  play.answer('commit', {
    __typename: 'OrderCommitted',
    earned: 36,
    activateAt: '2026-12-06T10:00:00Z',
    overdrawn: 0,
    order: anOrder({ state: 'COMMITTED' }),
    account: aVisit().account,
  });
  expect([play.state.stage, play.presses]).toEqual(['result', 12]);
  expect(play.state.result).toMatchObject({ earned: 36, spent: 0, balance: 1240, givenName: 'Anna' });
});

test('the second Enter may come while the shopper is still being looked for', () => {
  const play = aBasket().type('phone', '9161234567').enter().enter();
  expect([play.state.armed, play.presses]).toEqual(['next', 12]);
  play.answer('identify', aVisit());
  expect(play.count('begin')).toBe(0);
  play.answer('preview', aQuote());
  expect([play.state.armed, play.state.busy?.what]).toEqual([null, 'begin']);
});

test('an early Enter is forgotten when the shopper is unknown, and by Esc', () => {
  const unknown = aBasket().type('phone', '9161234567').enter().enter();
  unknown.answer('identify', refused('ShopperUnknown'));
  expect([unknown.state.armed, unknown.count('begin'), unknown.act]).toEqual([null, 0, 'register']);
  const escaped = aBasket().type('phone', '9161234567').enter().enter().escape();
  expect([escaped.state.armed, escaped.state.busy]).toEqual([null, null]);
});

test.each([
  ['9161234567', '9161234567'],
  ['8 (916) 123-45-67', '89161234567'],
  ['+7 916 123 45 67', '+79161234567'],
  ['９１６１２３４５６７', '9161234567'],
])('the phone %s is asked for as %s', (typed, sent) => {
  const play = aTill().event({ type: 'typed', field: 'phone', text: typed }).enter();
  expect(play.sent('identify').address).toEqual({ phone: sent });
});

test('a short phone is not asked for', () => {
  const play = aTill().type('phone', '91612').enter();
  expect([play.notice, play.count('identify')]).toEqual(['PhoneIncomplete', 0]);
});

test('an unknown phone leads to the registration with the number kept', () => {
  const play = aTill().type('phone', '9990001122').enter().answer('identify', refused('ShopperUnknown'));
  expect([play.notice, play.act]).toEqual(['ShopperUnknown', 'register']);
  play.enter();
  expect([play.state.stage, play.state.text.phone, play.act]).toEqual(['register', '9990001122', 'sendCode']);
});

test('registration asks for the required consent, then for the code, then opens the card', () => {
  const play = aBasket().key('F3').type('phone', '9990001122').type('givenName', 'Petr').enter();
  expect([play.notice, play.count('identify')]).toEqual(['ConsentNeeded', 0]);
  play.event({ type: 'consentGiven', textId: 'text-1', granted: true }).enter();
  expect(play.sent('identify')).toMatchObject({ address: { phone: '9990001122' }, verify: true });
  play.answer('identify', aChallenge({ kind: 'ENROLMENT' }));
  expect([play.state.stage, play.state.sale.lines.length]).toEqual(['code', 1]);
  play.type('code', '123456');
  expect(play.sent('confirm')).toMatchObject({
    challengeId: 'challenge-1',
    code: '123456',
    waiver: null,
    enrolment: {
      givenName: 'Petr',
      consents: [
        { textId: 'text-1', granted: true },
        { textId: 'text-2', granted: false },
      ],
    },
  });
  play.answer('confirm', aVisit({ id: 'visit-2', verified: true }));
  expect([play.state.stage, play.notice, play.state.sale.shopper?.visitId]).toEqual([
    'main',
    'Enrolled',
    'visit-2',
  ]);
  expect(play.sent('preview').draft.visitId).toBe('visit-2');
});

test('Esc after the enrolment lets the shopper go at once', () => {
  const play = aTill().key('F3').type('phone', '9990001122');
  play.event({ type: 'consentGiven', textId: 'text-1', granted: true }).enter();
  play.answer('identify', aChallenge({ kind: 'ENROLMENT' })).type('code', '123456');
  play.answer('confirm', aVisit({ verified: true })).escape();
  expect([play.state.sale.shopper, play.notice]).toEqual([null, null]);
});

test('registering a member confirms them and says so, without a second enrolment', () => {
  const play = aTill().key('F3').type('phone', '9161234567');
  play.event({ type: 'consentGiven', textId: 'text-1', granted: true }).enter();
  play.answer('identify', aChallenge({ kind: 'SIGN_IN' })).type('code', '123456');
  expect(play.sent('confirm').enrolment).toBeNull();
  expect(play.answer('confirm', aVisit({ verified: true })).notice).toBe('AlreadyMember');
});

test('the last digit of the code sends it; pasting does too', () => {
  const typed = aKnownShopper().key('F7').answer('identify', aChallenge()).type('code', '12345');
  expect([typed.count('confirm'), typed.act]).toEqual([0, 'enterCode']);
  expect(typed.type('code', '6').count('confirm')).toBe(1);
  const pasted = aKnownShopper().key('F7').answer('identify', aChallenge());
  pasted.event({ type: 'typed', field: 'code', text: ' 123-456 ' });
  expect(pasted.sent('confirm').code).toBe('123456');
});

test('a wrong code empties the boxes and counts the tries; the last one offers a new code', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge()).type('code', '000000');
  play.answer('confirm', { ...refused('WrongCode'), attemptsLeft: 4 });
  expect([play.state.text.code, play.state.challenge?.attemptsLeft, play.notice]).toEqual([
    '',
    4,
    'WrongCode',
  ]);
  play.type('code', '000000').answer('confirm', { ...refused('WrongCode'), attemptsLeft: 0 });
  expect(play.act).toBe('sendCode');
  expect(play.enter().sent('identify')).toMatchObject({ address: { phone: '9161234567' }, verify: true });
});

test('an expired code offers a new one', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge()).type('code', '123456');
  play.answer('confirm', refused('CodeExpired'));
  expect([play.notice, play.act]).toEqual(['CodeExpired', 'sendCode']);
});

test('too many codes: the sale goes on with F4', () => {
  const play = aKnownShopper().key('F7');
  play.answer('identify', { ...refused('TooManyCodes'), retryAt: '2026-11-22T10:10:00Z' });
  expect([play.state.stage, play.notice, play.act]).toEqual(['main', 'TooManyCodes', 'finish']);
});

test('the code is sent again, by another channel too', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge());
  play.event({ type: 'codeAskedAgain', channel: 'VIBER' });
  expect(play.sent('resend')).toMatchObject({ challengeId: 'challenge-1', channel: 'VIBER' });
  play.answer('resend', aChallenge({ id: 'challenge-2', channel: 'VIBER' }));
  expect([play.state.challenge?.id, play.notice]).toEqual(['challenge-2', 'CodeSent']);
});

test('a manager confirms without the code by PIN and reason', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge()).key('F8');
  expect([play.state.waiving, play.state.managerId, play.act]).toEqual([true, 'manager-1', 'waive']);
  play.type('managerPin', '9999').enter();
  expect(play.notice).toBe('ReasonNeeded');
  play.event({ type: 'typed', field: 'reason', text: 'No signal' }).enter();
  expect(play.sent('confirm')).toMatchObject({
    code: null,
    waiver: { managerId: 'manager-1', managerPin: '9999', reason: 'No signal' },
  });
  play.answer('confirm', { ...refused('WrongPin'), attemptsLeft: 2, lockedUntil: null });
  expect([play.state.stage, play.state.waiving, play.state.text.managerPin]).toEqual(['code', true, '']);
  play
    .type('managerPin', '8888')
    .enter()
    .answer('confirm', aVisit({ verified: true }));
  expect(play.state.sale.shopper?.verified).toBe(true);
});

test('F4 on the code goes back to the sale with the shopper as they were', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge()).key('F4');
  expect([play.state.stage, play.state.sale.shopper?.verified, play.act]).toEqual(['main', false, 'finish']);
});

test('goods are scanned while the code is on its way', () => {
  const play = aKnownShopper().key('F7').answer('identify', aChallenge());
  play.event({ type: 'scanned', code: '46000' });
  play.answer('lookUp', {
    byBarcode: { sku: 'BAG-1', name: 'Bag', price: '100.00', category: null, goods: null },
    bySku: null,
  });
  expect([play.state.stage, play.state.sale.lines.length]).toEqual(['code', 2]);
  play
    .answer('preview', aQuote())
    .type('code', '123456')
    .answer('confirm', aVisit({ verified: true }));
  expect(play.sent('preview').draft.lines).toHaveLength(2);
});

test('after the code the cursor goes to the points once it is known how many fit', () => {
  const play = aVerifiedShopper();
  expect(play.effects.at(-1)).toEqual({ do: 'focus', target: 'spend' });
});

test('a card scan finds the shopper where no goods have that code', () => {
  const play = aBasket().event({ type: 'scanned', code: '777000111222' });
  play.answer('lookUp', { byBarcode: null, bySku: null });
  expect(play.sent('identify')).toMatchObject({ address: { card: '777000111222' }, verify: false });
  play.answer('identify', aVisit());
  expect([play.state.sale.shopper?.givenName, play.presses]).toEqual(['Anna', 0]);
});

test('a card number typed into the phone field is looked up as a code', () => {
  const play = aBasket().type('phone', '777000111222').enter();
  expect(play.sent('lookUp')).toMatchObject({ code: '777000111222', orCard: true });
  play.answer('lookUp', { byBarcode: null, bySku: null });
  expect(play.sent('identify').address).toEqual({ card: '777000111222' });
  expect(play.state.text.phone).toBe('');
});

test('a scan that is neither goods nor a card says so', () => {
  const play = aBasket().event({ type: 'scanned', code: '123123123' });
  play.answer('lookUp', { byBarcode: null, bySku: null }).answer('identify', refused('ShopperUnknown'));
  expect([play.notice, play.state.notice?.facts['code']]).toEqual(['NothingFound', '123123123']);
});

test('a slow server: F4 goes on without the card, and the late answer is dropped', () => {
  const play = aBasket().type('phone', '9161234567').enter();
  const asked = play.sent('identify');
  play.event({ type: 'slow', ask: asked.ask });
  expect(play.state.busy?.slow).toBe(true);
  play.key('F4');
  expect([play.state.busy, play.act]).toEqual([null, 'finish']);
  play.event({ type: 'answered', request: asked, answer: { to: 'identify', value: aVisit() } });
  expect(play.state.sale.shopper).toBeNull();
});

test('without network the shopper is looked for again by Enter, or by itself when it is back', () => {
  const play = aBasket().type('phone', '9161234567').enter().fail('identify', 'OFFLINE');
  expect([play.notice, play.act]).toEqual(['OFFLINE', 'retry']);
  play.event({ type: 'network', online: true });
  expect([play.count('identify'), play.state.busy?.what]).toEqual([2, 'find']);
});

test('F2 takes another shopper, Esc too', () => {
  expect(aKnownShopper().key('F2').state.sale.shopper).toBeNull();
  expect(aKnownShopper().escape().state.sale.shopper).toBeNull();
});

test('an expired visit is found again by the same number; the basket stays', () => {
  const play = aKnownShopper().event({ type: 'quantitySet', key: 1, milli: 2000 });
  play.answer('preview', refused('VisitExpired'));
  expect([play.notice, play.act]).toEqual(['VisitExpired', 'findAgain']);
  play.enter();
  expect(play.sent('identify')).toMatchObject({ address: { phone: '9161234567' }, verify: false });
  expect(play.state.sale.lines[0]?.milli).toBe(2000);
});

test('when the number is no longer known, an expired visit is let go and the phone asked for', () => {
  const begun = aPayment().sent('begin').order;
  const play = aTill().event({ type: 'recovered', begun }).answer('begin', refused('VisitExpired'));
  expect([play.notice, play.act]).toEqual(['VisitExpired', 'findAgain']);
  play.enter();
  expect([play.state.sale.shopper, play.count('identify')]).toEqual([null, 0]);
  expect(play.effects.at(-1)).toEqual({ do: 'focus', target: 'phone' });
});
