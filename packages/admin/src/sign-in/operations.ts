import { graphql } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

export const signInStart = graphql(`
  query SignInStart {
    session {
      id
      state
    }
    signInOptions {
      demo
      mailConnected
    }
  }
`);

export const signIn = graphql(`
  mutation SignIn($email: String!, $password: String!) {
    signIn(input: { email: $email, password: $password }) {
      __typename
      ... on SignedIn {
        session {
          id
          state
        }
      }
      ... on SignInRefused {
        retryAt
      }
    }
  }
`);

export const confirmSecondFactor = graphql(`
  mutation ConfirmSecondFactor($code: String!) {
    confirmSecondFactor(input: { code: $code }) {
      __typename
      ... on SignedIn {
        session {
          id
          state
        }
      }
      ... on WrongSecondFactor {
        attemptsLeft
        retryAt
      }
    }
  }
`);

export const setUpSecondFactor = graphql(`
  mutation SetUpSecondFactor($password: String) {
    setUpSecondFactor(input: { password: $password }) {
      __typename
      ... on SecondFactorOffered {
        uri
        secret
      }
      ... on SignInRefused {
        retryAt
      }
    }
  }
`);

export const finishSecondFactorSetUp = graphql(`
  mutation FinishSecondFactorSetUp($code: String!) {
    finishSecondFactorSetUp(input: { code: $code }) {
      __typename
      ... on SecondFactorSet {
        recoveryCodes
        session {
          id
          state
        }
      }
      ... on WrongSecondFactor {
        attemptsLeft
        retryAt
      }
    }
  }
`);

export const signOut = graphql(`
  mutation SignOut {
    signOut
  }
`);

export const requestPasswordReset = graphql(`
  mutation RequestPasswordReset($email: String!) {
    requestPasswordReset(email: $email) {
      mailConnected
    }
  }
`);

export const staffLink = graphql(`
  query StaffLink($token: String!) {
    staffLink(token: $token) {
      kind
      name
      email
    }
  }
`);

export const resetPassword = graphql(
  `
    mutation ResetPassword($token: String!, $password: String!) {
      resetPassword(input: { token: $token, password: $password }) {
        __typename
        ... on PasswordSet {
          email
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);
