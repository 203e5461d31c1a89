import type { GraphQLAnswer, TestApp } from './create-test-app.ts';

/** The operations that recognise a shopper, as the till sends them: every member of the unions is told. */
const CHALLENGE = `... on ShopperChallenge { id kind maskedPhone codeLength channel otherChannels delivery expiresAt resendAt attemptsLeft }`;
const VISIT = `... on ShopperVisit { id verified expiresAt offers { id } profile { id kind givenName phone email } }`;
const INVALID = `... on InvalidInput { problems { path code } }`;

const IDENTIFY = `mutation ($input: IdentifyShopperInput!) { result: identifyShopper(input: $input) {
  __typename ${CHALLENGE} ${VISIT} ${INVALID} ... on TooManyCodes { retryAt } ... on ShopperUnknown { code } } }`;

const RESEND = `mutation ($input: ResendShopperCodeInput!) { result: resendShopperCode(input: $input) {
  __typename ${CHALLENGE} ${VISIT} ${INVALID} ... on TooManyCodes { retryAt } } }`;

const CONFIRM = `mutation ($input: ConfirmShopperInput!) { result: confirmShopper(input: $input) {
  __typename ${VISIT} ${INVALID} ... on WrongCode { attemptsLeft } ... on CodeExpired { code }
  ... on WrongPin { attemptsLeft lockedUntil } } }`;

const UPDATE = `mutation ($input: UpdateShopperInput!) { result: updateShopper(input: $input) {
  __typename ${INVALID} ... on VisitExpired { code } ... on IdempotencyConflict { code }
  ... on ShopperUpdated { profile { id givenName familyName birthDate gender phone email } } } }`;

const PROFILE = `query ($ref: ProfileRef!) { result: profile(ref: $ref) {
  id kind givenName familyName birthDate gender tags phone email } }`;

const UPSERT = `mutation ($input: UpsertProfilesInput!) { result: upsertProfiles(input: $input) {
  __typename ${INVALID} ... on IdempotencyConflict { code }
  ... on ProfilesUpserted { results { externalId status problems { path code }
    profile { id givenName familyName birthDate gender tags phone email } } } } }`;

const OPERATIONS = {
  identify: IDENTIFY,
  resend: RESEND,
  confirm: CONFIRM,
  update: UPDATE,
  profile: PROFILE,
  upsert: UPSERT,
};

type Operation = keyof typeof OPERATIONS;
export type Result = Record<string, unknown> & { __typename: string; id: string };

/** Sends one operation. @returns the whole answer, errors too */
export function send(
  app: TestApp,
  token: string | undefined,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<GraphQLAnswer<{ result: Result | null }>> {
  return app.graphql({
    query: OPERATIONS[operation],
    variables: operation === 'profile' ? { ref: input } : { input },
    ...(token === undefined ? {} : { token }),
  });
}

/** Sends one operation that is answered. @throws Error when it is not */
export async function ask(
  app: TestApp,
  token: string,
  operation: Operation,
  input: Record<string, unknown>,
): Promise<Result> {
  const { data, errors } = await send(app, token, operation, input);
  if (!data?.result) throw new Error(`${operation} was not answered: ${JSON.stringify(errors)}`);
  return data.result;
}
