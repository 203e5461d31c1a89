import { expect, test } from 'vitest';
import { noticesRu } from '../i18n/ru-notices.ts';
import {
  aBasket,
  aChallenge,
  aKnownShopper,
  anOrder,
  aQuote,
  aVisit,
  quoteWithPoints,
  refused,
} from './testing/play.ts';
import type { Offer, Quote } from './facts.ts';

const offer: Offer = {
  id: 'offer-1',
  promotionId: 'promotion-1',
  title: '−10 %',
  say: 'Ten per cent',
  reason: null,
  endsAt: null,
  promoCode: null,
  personal: true,
};

function anOffered(over: Partial<Offer> = {}) {
  const visit = aVisit({ verified: true, offers: [{ ...offer, ...over }] });
  return aKnownShopper()
    .key('F7')
    .answer('identify', aChallenge())
    .type('code', '123456')
    .answer('confirm', visit)
    .answer('preview', quoteWithPoints(0));
}

const evening = (amount: string): Quote['offers'] => [
  { promotionId: 'evening', title: 'Вечер', amount, points: 0, promoCode: null },
];

test('offers that stand on the screen are told as shown, one that is taken as accepted, once', () => {
  const play = anOffered();
  const noted = () => play.effects.filter((effect) => effect.do === 'noteOffers');
  expect(noted()).toEqual([
    { do: 'noteOffers', visitId: 'visit-1', offerIds: ['offer-1'], happened: 'SHOWN' },
  ]);
  play.event({ type: 'offerTaken', id: 'offer-1' });
  expect([play.state.sale.shopper?.taken, noted().at(-1)]).toEqual([
    ['offer-1'],
    { do: 'noteOffers', visitId: 'visit-1', offerIds: ['offer-1'], happened: 'ACCEPTED' },
  ]);
  play.event({ type: 'offerTaken', id: 'offer-1' });
  expect([play.state.sale.shopper?.taken, noted().length]).toEqual([[], 2]);
});

test('an offer by a code of the shopper’s own puts the code on the receipt, and takes it off again', () => {
  const play = anOffered({ promoCode: 'ANNA-10' }).event({ type: 'offerTaken', id: 'offer-1' });
  expect([play.state.sale.promoCodes, play.sent('preview').draft.promoCodes]).toEqual([
    ['ANNA-10'],
    ['ANNA-10'],
  ]);
  play.event({ type: 'offerTaken', id: 'offer-1' });
  expect(play.sent('preview').draft.promoCodes).toEqual([]);
});

test('the till’s own count is shown while the server’s is out, and nothing is begun by it', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 });
  const { ask } = play.sent('preview');
  play.event({ type: 'reckoned', ask, quote: aQuote({ toPay: '2580.00', quoteHash: '' }) });
  expect([play.state.sale.provisional, play.state.sale.quote?.toPay]).toEqual([true, '2580.00']);
  play.enter();
  expect([play.count('begin'), play.state.armed]).toEqual([0, 'next']);
  play.answer('preview', aQuote({ toPay: '2500.00', quoteHash: 'hash-2' }));
  expect([play.state.sale.provisional, play.sent('begin').order.quoteHash]).toEqual([false, 'hash-2']);
});

test('a count of a basket that has changed since is thrown away, and never replaces the server’s', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 });
  const { ask } = play.sent('preview');
  play.event({ type: 'quantitySet', key: 1, milli: 3000 });
  play.event({ type: 'reckoned', ask, quote: aQuote({ toPay: '1.00' }) });
  expect(play.state.sale.provisional).toBe(false);
  play.answer('preview', aQuote({ toPay: '3870.00' }));
  play.event({ type: 'reckoned', ask: ask + 1, quote: aQuote({ toPay: '1.00' }) });
  expect(play.state.sale.quote?.toPay).toBe('3870.00');
});

test('a changed sum names the promotions that went and came', () => {
  const play = aBasket().event({ type: 'quantitySet', key: 1, milli: 2000 });
  play.answer('preview', aQuote({ toPay: '1161.00', discount: '129.00', offers: evening('129.00') }));
  play.enter().answer('begin', {
    ...refused('QuoteChanged'),
    quote: aQuote({ toPay: '1290.00' }),
    reasons: [{ code: 'PROMOTION', line: null }],
  });
  expect(play.state.notice?.facts).toMatchObject({ gone: ['Вечер'], come: [], toPay: '1290.00' });
  const said = noticesRu['QuoteChanged']?.(play.state.notice?.facts ?? {}, { time: String, currency: 'RUB' });
  expect(said?.replaceAll('\u00a0', ' ')).toBe(
    'Изменились акции. «Вечер»: больше не действует. К оплате 1 290,00 ₽. Enter — принять, Esc — вернуться к чеку.',
  );
});

test('the result asks for a code of the purchase where promotions were on it, and shows it', () => {
  const play = aKnownShopper()
    .event({ type: 'quantitySet', key: 1, milli: 2000 })
    .answer('preview', aQuote({ discount: '129.00', offers: evening('129.00') }))
    .enter()
    .answer('begin', { __typename: 'OrderBegun', holdExpiresAt: null, order: anOrder() })
    .enter();
  play.answer('commit', {
    __typename: 'OrderCommitted',
    earned: 36,
    activateAt: null,
    overdrawn: 0,
    order: anOrder({ state: 'COMMITTED', discount: '129.00' }),
    account: null,
  });
  expect(play.effects.at(-1)).toEqual({ do: 'askIssued', externalId: 'order-1' });
  play.event({ type: 'codesIssued', externalId: 'another', codes: [{ code: 'NO', expiresAt: null }] });
  play.event({ type: 'codesIssued', externalId: 'order-1', codes: [{ code: 'BACK-1', expiresAt: null }] });
  expect([play.state.result?.saved, play.state.result?.codes]).toEqual([
    '129.00',
    [{ code: 'BACK-1', expiresAt: null }],
  ]);
});
