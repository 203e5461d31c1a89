import { expect, test } from 'vitest';
import {
  aBasket,
  aKnownShopper,
  aPayment,
  aQuote,
  aTill,
  aVerifiedShopper,
  aVisit,
  anOrder,
  quoteWithPoints,
  refused,
} from './testing/play.ts';

const committed = {
  __typename: 'OrderCommitted',
  earned: 27,
  activateAt: '2026-12-06T10:00:00Z',
  overdrawn: 0,
  order: anOrder({ state: 'COMMITTED', toPay: '940.00', pointsSpent: 350, earned: 27 }),
  account: aVisit().account,
} as const;

test('points are held before the money is taken, then recorded', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  expect(play.sent('preview').draft.spendPoints).toBe(350);
  play.answer('preview', quoteWithPoints(350));
  expect(play.act).toBe('holdAndPay');
  play.enter();
  expect(play.sent('begin').order).toMatchObject({
    quoteHash: 'hash-points-350',
    after: 'pay',
    draft: { visitId: 'visit-1', spendPoints: 350 },
  });
  play.answer('begin', {
    __typename: 'OrderBegun',
    holdExpiresAt: null,
    order: anOrder({ toPay: '940.00', pointsSpent: 350 }),
  });
  expect([play.state.stage, play.act, play.count('commit')]).toEqual(['payment', 'commit', 0]);
  play.enter().answer('commit', committed);
  expect(play.state.result).toEqual({
    externalId: 'order-1',
    earned: 27,
    activateAt: '2026-12-06T10:00:00Z',
    spent: 350,
    known: true,
    balance: 1240,
    codes: [],
    saved: '0.00',
    pending: { points: 99, at: '2026-12-04T10:00:00Z' },
    toPay: '940.00',
    currency: 'RUB',
    overdrawn: 0,
    givenName: 'Anna',
    undone: null,
  });
  expect(play.state.sale.lines).toEqual([]);
});

test('a sale without a shopper is recorded at one press', () => {
  const play = aBasket();
  expect(play.act).toBe('finish');
  play.enter().answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() });
  expect(play.sent('commit')).toMatchObject({ fiscal: null });
  expect(play.sent('commit').externalId).toBe(play.sent('begin').order.externalId);
  play.answer('commit', { ...committed, earned: 0, account: null });
  expect(play.state.result).toMatchObject({ earned: 0, known: false, balance: null, givenName: null });
});

test('where the program hides the account the result still tells what was earned', () => {
  const play = aKnownShopper().enter();
  play.answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() });
  play.answer('commit', { ...committed, account: null });
  expect(play.state.result).toMatchObject({ known: true, earned: 27, balance: null });
});

test('a discount or a promo code fixes the sum first; F8 does so for any sale', () => {
  const discounted = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 });
  expect(discounted.answer('preview', aQuote({ discount: '129.00' })).act).toBe('holdAndPay');
  const coded = aBasket().key('F6').type('promo', 'SALE10').enter().answer('preview', aQuote());
  expect([coded.act, coded.sent('preview').draft.promoCodes]).toEqual(['holdAndPay', ['SALE10']]);
  expect(aBasket().key('F8').sent('begin').order.after).toBe('pay');
});

test('the number of the order and its keys are made before the first try, and kept for every further one', () => {
  const play = aKnownShopper().enter();
  const { externalId, requestId } = play.sent('begin').order;
  expect([externalId, requestId]).toEqual(['id-1', 'id-2']);
  play.fail('begin', 'TIMEOUT');
  expect([play.notice, play.act]).toEqual(['TIMEOUT', 'retry']);
  play.enter();
  expect(play.sent('begin').order).toMatchObject({ externalId: 'id-1', requestId: 'id-2' });
  play.answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() });
  const first = play.sent('commit');
  play.fail('commit', 'OFFLINE').enter();
  expect(play.sent('commit')).toEqual({ ...first, ask: play.sent('commit').ask });
});

test('the basket stands still while an order request is out or its answer is lost', () => {
  const play = aKnownShopper().enter();
  play.event({ type: 'quantitySet', key: 1, milli: 5000 }).event({ type: 'scanned', code: '46000' });
  expect([play.state.sale.lines[0]?.milli, play.notice]).toEqual([1000, 'FinishFirst']);
  play.fail('begin', 'OFFLINE').event({ type: 'lineVoided', key: 1 });
  expect([play.state.sale.lines.length, play.state.retry?.do]).toEqual([1, 'begin']);
});

test('Esc after a lost commit leaves the order to the background and frees the till', () => {
  const play = aPayment().enter().fail('commit', 'OFFLINE');
  const { externalId } = play.sent('commit');
  play.escape();
  expect([play.state.stage, play.state.unfinished, play.state.sale.lines.length]).toEqual(['main', 1, 0]);
  expect(play.effects).toContainEqual({ do: 'postpone', externalId });
});

test('Esc after a lost begin lets the hold go and keeps the basket under a new number', () => {
  const play = aKnownShopper().enter().fail('begin', 'OFFLINE');
  const { externalId } = play.sent('begin').order;
  play.escape();
  expect([play.state.stage, play.state.sale.lines.length, play.state.sale.order]).toEqual(['main', 1, null]);
  expect(play.effects.find((effect) => effect.do === 'abandon')).toMatchObject({ externalId });
  play.answer('preview', aQuote()).enter();
  expect(play.sent('begin').order.externalId).not.toBe(externalId);
});

test('Esc at the payment cancels the order; the basket stays', () => {
  const play = aPayment();
  const { externalId } = play.sent('begin').order;
  play.escape();
  expect(play.sent('cancel').externalId).toBe(externalId);
  play.answer('cancel', { __typename: 'OrderCancelled' });
  expect([play.state.stage, play.state.sale.order, play.state.sale.lines.length]).toEqual(['main', null, 1]);
});

test('cancelling what is already recorded shows its result', () => {
  const play = aPayment().escape();
  play.answer('cancel', { ...refused('AlreadyCommitted'), order: anOrder({ pointsSpent: 350 }) });
  expect([play.state.stage, play.state.result?.spent]).toEqual(['result', 350]);
});

test('a lost cancel is repeated by Enter with its key; Esc lets it go', () => {
  const play = aPayment().escape();
  const { requestId } = play.sent('cancel');
  play.fail('cancel', 'OFFLINE').enter();
  expect(play.sent('cancel').requestId).toBe(requestId);
  play.fail('cancel', 'OFFLINE').escape();
  expect(play.effects.find((effect) => effect.do === 'abandon')).toMatchObject({ requestId });
  expect(play.state.stage).toBe('main');
});

test('a line voided at the payment begins the same order anew with another key', () => {
  const play = aPayment();
  const before = play.sent('begin').order;
  play.event({ type: 'quantitySet', key: 1, milli: 2000 });
  expect([play.state.stage, play.state.sale.order?.begun]).toEqual(['main', true]);
  play.answer('preview', { ...quoteWithPoints(350), quoteHash: 'hash-2' }).enter();
  const after = play.sent('begin').order;
  expect(after).toMatchObject({ externalId: before.externalId, quoteHash: 'hash-2' });
  expect(after.requestId).not.toBe(before.requestId);
});

test('Esc on a begun order that went back to the basket cancels it', () => {
  const play = aPayment().event({ type: 'quantitySet', key: 1, milli: 2000 });
  play.answer('preview', quoteWithPoints(350)).escape();
  expect(play.state.busy?.what).toBe('cancel');
});

test('a changed sum is shown and accepted by one key', () => {
  const play = aKnownShopper()
    .enter()
    .answer('begin', {
      ...refused('QuoteChanged'),
      quote: aQuote({ toPay: '1161.00', quoteHash: 'hash-9' }),
      reasons: [{ code: 'PROMOTION', line: null }],
    });
  expect([play.notice, play.act, play.state.sale.quote?.toPay]).toEqual([
    'QuoteChanged',
    'acceptQuote',
    '1161.00',
  ]);
  expect(play.state.notice?.facts).toMatchObject({ toPay: '1161.00', reasons: ['PROMOTION'] });
  play.enter();
  expect(play.sent('begin').order).toMatchObject({ quoteHash: 'hash-9', after: 'commit' });
});

test('fewer points than wished: the wish is lowered, counted again and accepted by one key', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  play.answer('preview', quoteWithPoints(350)).enter();
  play.answer('begin', {
    ...refused('QuoteChanged'),
    quote: quoteWithPoints(200),
    reasons: [{ code: 'BALANCE', line: null }],
  });
  expect([play.state.sale.spend, play.act, play.sent('preview').draft.spendPoints]).toEqual([
    200,
    'acceptQuote',
    200,
  ]);
  play.enter();
  expect([play.state.armed, play.count('begin')]).toEqual(['pay', 1]);
  play.answer('preview', quoteWithPoints(200));
  expect(play.sent('begin').order).toMatchObject({ quoteHash: 'hash-points-200', after: 'pay' });
});

test('not enough points: as many as there are', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  play.answer('preview', quoteWithPoints(350)).enter();
  play.answer('begin', {
    ...refused('InsufficientPoints'),
    requested: 350,
    available: 100,
    max: 100,
    limits: [],
  });
  expect([play.notice, play.act, play.state.sale.spend]).toEqual(['InsufficientPoints', 'acceptQuote', 100]);
});

test('a blocked account sells without spending', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  play.answer('preview', quoteWithPoints(350)).enter().answer('begin', refused('AccountBlocked'));
  expect([play.notice, play.act, play.state.sale.spend]).toEqual(['AccountBlocked', 'acceptQuote', 0]);
});

test('a verification that is used up asks for a code again', () => {
  const play = aVerifiedShopper().event({ type: 'spendSet', points: 350 });
  play.answer('preview', quoteWithPoints(350)).enter().answer('begin', refused('VerificationRequired'));
  expect([play.notice, play.act, play.state.sale.shopper?.verified]).toEqual([
    'VerificationRequired',
    'sendCode',
    false,
  ]);
});

test('an order recorded before shows its earlier result', () => {
  const play = aKnownShopper().enter();
  play.answer('begin', { ...refused('AlreadyCommitted'), order: anOrder({ earned: 36 }) });
  expect([play.state.stage, play.state.result?.earned]).toEqual(['result', 36]);
});

test.each(['AlreadyCancelled', 'IdempotencyConflict'] as const)(
  '%s at begin: the same goods under a new number',
  (name) => {
    const play = aKnownShopper().enter();
    const before = play.sent('begin').order.externalId;
    play.answer('begin', refused(name));
    expect([play.notice, play.act]).toEqual([name, 'newOrder']);
    play.enter().answer('preview', aQuote()).enter();
    expect(play.sent('begin').order.externalId).not.toBe(before);
  },
);

test.each(['AlreadyCancelled', 'IdempotencyConflict', 'OrderNotFound'] as const)(
  '%s at commit: back to the basket under a new number',
  (name) => {
    const play = aPayment().enter().answer('commit', refused(name));
    expect([play.notice, play.act]).toEqual([name, 'newOrder']);
    play.enter();
    expect([play.state.stage, play.state.sale.order, play.state.sale.lines.length]).toEqual([
      'main',
      null,
      1,
    ]);
  },
);

test('the fiscal document goes with the commit; half of one does not', () => {
  const half = aPayment().type('drive', '9960440300112233').enter();
  expect([half.notice, half.count('commit')]).toEqual(['FiscalIncomplete', 0]);
  half.type('document', '4711').enter();
  expect(half.sent('commit').fiscal).toEqual({ drive: '9960440300112233', document: '4711', sign: '' });
});

test('a fiscal document that is taken shows the other sum and may be corrected under a new key', () => {
  const play = aPayment().type('drive', '99').type('document', '4711').enter();
  const before = play.sent('commit').requestId;
  play.answer('commit', { ...refused('ReceiptTaken'), order: anOrder({ toPay: '77.00' }) });
  expect([play.notice, play.state.notice?.facts['toPay'], play.state.text.document]).toEqual([
    'ReceiptTaken',
    '77.00',
    '',
  ]);
  play.enter().enter();
  expect(play.sent('commit')).toMatchObject({ fiscal: null });
  expect(play.sent('commit').requestId).not.toBe(before);
});

test('wrong input names the field', () => {
  const play = aPayment().type('drive', '99').type('document', 'x').enter();
  play.answer('commit', {
    ...refused('InvalidInput'),
    problems: [{ path: ['input', 'receipts', '0', 'fiscalDocument'], code: 'FORMAT' }],
  });
  expect(play.state.notice).toMatchObject({ code: 'InvalidInput', facts: { fields: ['fiscalDocument'] } });
});

test('F8 pressed while the sum is being counted still goes to the payment', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 }).key('F8');
  expect([play.state.armed, play.count('begin')]).toEqual(['pay', 0]);
  expect(play.answer('preview', aQuote()).sent('begin').order.after).toBe('pay');
});

test('an Enter pressed while the sum is being counted is done as soon as it is known', () => {
  const play = aTill().event({ type: 'scanned', code: '46' });
  play.answer('lookUp', {
    byBarcode: { sku: 'A', name: 'A', price: '10.00', category: null, goods: null },
    bySku: null,
  });
  play.enter();
  expect([play.state.armed, play.count('begin')]).toEqual(['next', 0]);
  play.answer('preview', aQuote());
  expect(play.count('begin')).toBe(1);
});

const done = (): ReturnType<typeof aPayment> => aPayment().enter().answer('commit', committed);

test('the result goes away by itself, by Enter, and by the next scan', () => {
  expect(done().event({ type: 'resultShown' }).state.stage).toBe('main');
  expect(done().enter().state.stage).toBe('main');
  const scanned = done().event({ type: 'scanned', code: '46000' });
  expect([scanned.state.stage, scanned.sent('lookUp').code]).toEqual(['main', '46000']);
});

test('what the background has finished is told, and what it could not as well', () => {
  const told = aTill().event({ type: 'unfinished', count: 0, earned: 57, refusal: null });
  expect([told.notice, told.state.notice?.facts['earned']]).toEqual(['Finished', 57]);
  const refusedOne = aTill().event({ type: 'unfinished', count: 0, earned: 0, refusal: 'OrderNotFound' });
  expect([refusedOne.notice, refusedOne.act]).toEqual(['FinishRefused', 'dismiss']);
});
