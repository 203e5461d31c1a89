/** The operations of the sweep: of every refusal all its facts, of every answer the balance it leaves. */
const REFUSED = '... on Refusal { code message } ... on InvalidInput { problems { path code } }';
const SHORT = '... on InsufficientPoints { requested available max limits { code max } }';
const QUOTE = `{ gross toPay pointsDiscount points { available max applied limits { code max } } earning { points } quoteHash }`;
const ORDER = '{ id externalId state toPay pointsSpent }';
const ACCOUNT = 'account { active pending held debt }';

function operation(kind: 'query' | 'mutation', field: string, type: string, selection: string): string {
  return `${kind} ($input: ${type}!) { ${field}(input: $input) { __typename ${REFUSED} ${selection} } }`;
}

function mutation(field: string, selection: string): string {
  return operation('mutation', field, `${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input`, selection);
}

export const DOCUMENTS = {
  preview: operation('query', 'previewOrder', 'OrderDraftInput', `... on OrderQuote ${QUOTE}`),
  begin: mutation(
    'beginOrder',
    `${SHORT} ... on OrderBegun { order ${ORDER} ${ACCOUNT} } ... on QuoteChanged { reasons { code line } quote ${QUOTE} }
    ... on AlreadyCommitted { order ${ORDER} } ... on AlreadyCancelled { cancelled: order ${ORDER} }`,
  ),
  commit: mutation(
    'commitOrder',
    `... on OrderCommitted { order ${ORDER} earned overdrawn ${ACCOUNT} } ... on ReceiptTaken { order ${ORDER} }
    ... on AlreadyCancelled { cancelled: order ${ORDER} }`,
  ),
  cancel: mutation(
    'cancelOrder',
    `... on OrderCancelled { cancelled: order ${ORDER} ${ACCOUNT} } ... on AlreadyCommitted { order ${ORDER} }`,
  ),
  previewReturn: operation(
    'query',
    'previewReturn',
    'ReturnDraftInput',
    '... on ReturnQuote { moneyBack } ... on QuantityExceeded { number returnable } ... on OrderNotCommitted { order { id } }',
  ),
  giveBack: mutation(
    'returnOrder',
    `... on OrderReturned { order ${ORDER} moneyBack } ... on QuantityExceeded { number returnable }
    ... on OrderNotCommitted { order ${ORDER} } ... on ReceiptTaken { order ${ORDER} }`,
  ),
  attach: mutation('attachShopper', `... on ShopperAttached { order ${ORDER} earned }`),
  record: mutation(
    'recordOrders',
    '... on OrdersRecorded { results { status order { id } problems { path code } } }',
  ),
  recordBack: mutation(
    'recordReturns',
    '... on ReturnsRecorded { results { status return { id } problems { path code } } }',
  ),
  adjust: mutation('adjustPoints', `${SHORT} ... on PointsAdjusted { ${ACCOUNT} }`),
  update: mutation('updateShopper', '... on ShopperUpdated { profile { givenName } }'),
  upsertProfiles: mutation(
    'upsertProfiles',
    '... on ProfilesUpserted { results { status profile { id } problems { path code } } }',
  ),
  upsertProducts: mutation(
    'upsertProducts',
    '... on ProductsUpserted { results { status problems { path code } } }',
  ),
  identify: mutation(
    'identifyShopper',
    '... on ShopperChallenge { id } ... on ShopperVisit { id verified } ... on TooManyCodes { retryAt }',
  ),
  resend: mutation('resendShopperCode', '... on ShopperChallenge { id }'),
  confirm: mutation('confirmShopper', '... on ShopperVisit { id verified }'),
  signIn: mutation('signInCashier', '... on CashierSignedIn { token }'),
} as const;

export type DocumentName = keyof typeof DOCUMENTS;
