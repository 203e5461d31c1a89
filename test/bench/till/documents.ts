import type { TillFixture } from './fixture.ts';

/** What the till itself asks for (packages/pos-client/src/api/documents), shortened to what decides the work. */
export const COMMIT = `mutation CommitOrder($input: CommitOrderInput!) {
  commitOrder(input: $input) {
    __typename
    ... on OrderCommitted { earned activateAt overdrawn account { active pending available } }
    ... on Refusal { code message }
  }
}`;

export const PREVIEW = `query PreviewOrder($input: OrderDraftInput!) {
  previewOrder(input: $input) {
    __typename
    ... on OrderQuote {
      currency gross discount pointsDiscount toPay quoteHash validUntil verificationRequired
      lines { number sku kind quantity unitPrice gross pointsDiscount toPay discounts { label amount } printLines { quantity unitPrice amount } }
      points { available max applied limits { code max message } }
      earning { points activateAt rules { rule points message } }
      offers { title } refusedCodes { promoCode }
    }
    ... on Refusal { code message }
  }
}`;

export const BEGIN = `mutation BeginOrder($input: BeginOrderInput!) {
  beginOrder(input: $input) {
    __typename
    ... on OrderBegun { holdExpiresAt order { id externalId toPay } }
    ... on Refusal { code message }
  }
}`;

export function commitInput(number: number, prefix = 'b'): object {
  return {
    input: {
      requestId: `${prefix}-commit-${number}`,
      order: { external: { id: `${prefix}${number}` } },
      receipts: [
        { fiscalDrive: prefix === 'b' ? '9999' : '8888', fiscalDocument: String(number), fiscalSign: '1' },
      ],
    },
  };
}

/** A basket of five lines that wants as many points as it may have. */
export function draft(fixture: TillFixture, index: number): object {
  return {
    shopper: { visitId: fixture.visits[index % fixture.visits.length] },
    lines: Array.from({ length: 5 }, (_, line) => ({
      sku: `sku-${1 + ((index * 5 + line) % 200)}`,
      quantity: String(1 + (line % 3)),
      unitPrice: `${100 + line * 37}.90`,
    })),
    spendPoints: { max: true },
  };
}
