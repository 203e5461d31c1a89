import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { seedDemoCompany } from '@clientele/api/src/demo/index.ts';
import { verifyLedger } from '@clientele/api/src/loyalty/index.ts';
import { readDemoCredentials, type DemoCredentials } from '@clientele/api/src/pages/index.ts';
import { newId } from '@clientele/api/src/platform/ids.ts';
import { useServer } from '../contract/server.ts';
import * as ask from './operations.ts';

const server = useServer({ worker: true });
const PHONE = '+79161234567';
let dataDir: string;
let demo: DemoCredentials;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'clientele-story-'));
  await seedDemoCompany(server.app.context(), { dataDir, url: server.url });
  const credentials = await readDemoCredentials(dataDir);
  if (credentials === null) throw new Error('the demo company was not made');
  demo = credentials;
});

afterAll(() => rm(dataDir, { recursive: true, force: true }));

/** The one field of the answer; a top-level error fails the story. */
async function call<Result>(token: string, query: string, input?: unknown): Promise<Result> {
  const { data, text } = await server.post(
    { query, variables: { input } },
    { authorization: `Bearer ${token}` },
  );
  expect(text).not.toContain('"errors"');
  return Object.values(data as Record<string, Result>)[0] as Result;
}

interface Message {
  id: string;
  channel: string;
  to: string;
  text: string;
  purpose: string;
}

/** The code as the shopper reads it: on the built-in page, moments after it was asked for. */
async function codeSentTo(phone: string, known: ReadonlySet<string>): Promise<Message & { code: string }> {
  return vi.waitFor(
    async () => {
      const response = await fetch(`${server.url}/outbox.json?to=${encodeURIComponent(phone)}`);
      const messages = (await response.json()) as Message[];
      const [newest] = messages.filter(({ id }) => !known.has(id));
      expect(newest).toMatchObject({ channel: 'SMS', to: phone, purpose: 'CODE' });
      const numbers = newest?.text.match(/\d{4,8}/g) ?? [];
      expect(numbers).toHaveLength(1);
      return { ...(newest as Message), code: numbers[0] ?? '' };
    },
    { timeout: 5_000, interval: 20 },
  );
}

async function signIn(): Promise<string> {
  const { token } = await call<{ token: string }>(demo.till.token, ask.SIGN_IN, {
    cashierId: demo.cashier.id,
    pin: demo.cashier.pin,
  });
  return token;
}

interface Quote {
  quoteHash: string;
  [fact: string]: unknown;
}

async function sale(cashier: string, draft: object, fiscalDocument: string) {
  const quote = await call<Quote>(cashier, ask.PREVIEW, draft);
  const externalId = `receipt-${fiscalDocument}`;
  const begun = await call(cashier, ask.BEGIN, {
    requestId: newId(),
    externalId,
    draft,
    quoteHash: quote.quoteHash,
  });
  const committed = await call(cashier, ask.COMMIT, {
    requestId: newId(),
    order: { external: { id: externalId } },
    receipts: [{ fiscalDrive: '9960000000009999', fiscalDocument, total: quote['toPay'] }],
  });
  return { externalId, quote, begun, committed };
}

test('a stranger becomes a member, buys, pays half with points fifteen days later and returns one line', async () => {
  const till = await call<{
    cashiers: { id: string }[];
    consentTexts: { id: string; required: boolean }[];
    program: { mode: string };
  }>(demo.till.token, ask.TILL);
  expect(till.program).toEqual({ mode: 'LIVE' });
  expect(till.cashiers.map(({ id }) => id)).toContain(demo.cashier.id);
  const cashier = await signIn();

  const challenge = await call<{ id: string }>(cashier, ask.IDENTIFY, { phone: '8 (916) 123-45-67' });
  expect(challenge).toMatchObject({ __typename: 'ShopperChallenge', kind: 'ENROLMENT' });
  const first = await codeSentTo(PHONE, new Set());
  const visit = await call<{ id: string }>(cashier, ask.CONFIRM, {
    challengeId: challenge.id,
    code: first.code,
    enrolment: {
      givenName: 'Анна',
      consents: till.consentTexts.map(({ id, required }) => ({ textId: id, granted: required })),
    },
  });
  expect(visit).toMatchObject({ __typename: 'ShopperVisit', verified: true, profile: { givenName: 'Анна' } });

  const lines = [
    { sku: 'no-such-dress', name: 'Платье', quantity: '1', unitPrice: '4990.00' },
    { sku: 'no-such-scarf', name: 'Шарф', quantity: '1', unitPrice: '1290.00' },
    { sku: 'no-such-socks', name: 'Носки', quantity: '3', unitPrice: '111.00' },
  ];
  const bought = await sale(cashier, { shopper: { visitId: visit.id }, lines }, '1');
  // Plain goods: no promotion, multiplier, welcome points or tier; 66 full hundreds.
  expect(bought.quote).toMatchObject({
    gross: '6613.00',
    discount: '0.00',
    pointsDiscount: '0.00',
    toPay: '6613.00',
    earning: { points: 198, activateAt: '2026-12-06T09:00:00.000Z' },
  });
  expect(bought.committed).toMatchObject({
    __typename: 'OrderCommitted',
    earned: 198,
    account: { active: 0, pending: 198, debt: 0 },
  });

  expect(await call(demo.partner.key, ask.ADVANCE, { by: 'P15D' })).toEqual({
    now: '2026-12-07T09:00:00.000Z',
  });

  const later = await signIn();
  const again = await call<{ id: string }>(later, ask.IDENTIFY, { phone: PHONE });
  expect(again).toMatchObject({ __typename: 'ShopperChallenge', kind: 'SIGN_IN' });
  const second = await codeSentTo(PHONE, new Set([first.id]));
  const known = await call<{ id: string }>(later, ask.CONFIRM, { challengeId: again.id, code: second.code });
  expect(known).toMatchObject({ verified: true, account: { active: 198, pending: 0, available: 198 } });

  const draft = {
    shopper: { visitId: known.id },
    spendPoints: { max: true },
    lines: [
      { sku: 'no-such-cap', name: 'Шапка', quantity: '1', unitPrice: '200.00' },
      { sku: 'no-such-gloves', name: 'Перчатки', quantity: '1', unitPrice: '196.00' },
    ],
  };
  const half = await sale(later, draft, '2');
  expect(half.quote).toMatchObject({
    gross: '396.00',
    pointsDiscount: '198.00',
    toPay: '198.00',
    points: { available: 198, max: 198, applied: 198 },
    earning: { points: 3 },
  });
  expect(half.begun).toMatchObject({ __typename: 'OrderBegun', account: { active: 0, held: 198 } });
  expect(half.committed).toMatchObject({
    __typename: 'OrderCommitted',
    earned: 3,
    order: {
      state: 'COMMITTED',
      pointsSpent: 198,
      lines: [
        { number: 1, pointsDiscount: '100.00', toPay: '100.00', returnable: '1' },
        { number: 2, pointsDiscount: '98.00', toPay: '98.00', returnable: '1' },
      ],
    },
    account: { active: 0, pending: 3, debt: 0 },
  });

  const back = await call(later, ask.RETURN, {
    requestId: newId(),
    order: { external: { id: half.externalId } },
    externalId: 'return-1',
    lines: [{ number: 2, quantity: '1' }],
  });
  // What is left paid is 100.00: still one full hundred, so nothing that was earned goes back.
  expect(back).toMatchObject({
    __typename: 'OrderReturned',
    moneyBack: '98.00',
    withheld: '0.00',
    pointsRestored: 98,
    pointsClawedBack: 0,
    debt: 0,
    order: { state: 'PARTIALLY_RETURNED', lines: [{ returnable: '1' }, { returnable: '0' }] },
    account: { active: 98, pending: 3, debt: 0 },
  });
  expect(await verifyLedger(server.app.context())).toEqual([]);
});

test('the code shows on the built-in page, and the till hears that it was delivered', async () => {
  const cashier = await signIn();
  const phone = '+79161234568';
  const challenge = await call<{ id: string }>(cashier, ask.IDENTIFY, { phone });
  const { text } = await codeSentTo(phone, new Set());
  expect(text).toMatch(/^Код \d{6} — /);
  await vi.waitFor(async () => {
    const { delivery, id } = await call<{ delivery: string; id: string }>(cashier, ask.IDENTIFY, { phone });
    expect([id, delivery]).toEqual([challenge.id, 'DELIVERED']);
  });
});
