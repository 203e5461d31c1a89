/** What a till and a partner ask in the stories. */
const REFUSED = '... on Refusal { code message } ... on InvalidInput { problems { path code message } }';
const VISIT = `... on ShopperVisit { id verified profile { id givenName } account { active pending available nextActivation { points at } } }`;
const QUOTE = `{ gross discount pointsDiscount toPay points { available max applied } earning { points activateAt } quoteHash }`;
const ORDER = '{ id state pointsSpent toPay lines { number pointsDiscount toPay returnable } }';

function mutation(field: string, selection: string): string {
  const type = `${field.slice(0, 1).toUpperCase()}${field.slice(1)}Input`;
  return `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ${REFUSED} ${selection} } }`;
}

export const TILL = `{ till { store { code } cashiers { id } consentTexts { id required } program { mode } } }`;
export const SIGN_IN = mutation('signInCashier', '... on CashierSignedIn { token }');
export const IDENTIFY = mutation(
  'identifyShopper',
  `... on ShopperChallenge { id kind maskedPhone delivery } ${VISIT}`,
);
export const CONFIRM = mutation('confirmShopper', VISIT);
export const PREVIEW = `query ($input: OrderDraftInput!) { previewOrder(input: $input) { __typename ${REFUSED} ... on OrderQuote ${QUOTE} } }`;
export const BEGIN = mutation('beginOrder', `... on OrderBegun { order ${ORDER} account { active held } }`);
export const COMMIT = mutation(
  'commitOrder',
  `... on OrderCommitted { order ${ORDER} earned activateAt account { active pending debt } }`,
);
export const RETURN = mutation(
  'returnOrder',
  `... on OrderReturned { moneyBack withheld pointsRestored pointsClawedBack debt order ${ORDER} account { active pending debt } }`,
);
export const ADVANCE =
  'mutation ($input: AdvanceDemoClockInput!) { advanceDemoClock(input: $input) { now } }';
