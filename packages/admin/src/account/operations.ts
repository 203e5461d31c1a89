import { graphql } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

export const myAccount = graphql(`
  query MyAccount {
    session {
      id
      secondFactor
      recoveryCodesLeft
      staff {
        id
        name
        email
        language
      }
    }
    mySessions {
      id
      device
      address
      lastSeenAt
      current
    }
  }
`);

export const endSession = graphql(`
  mutation EndSession($id: ID!) {
    endSession(id: $id)
  }
`);

export const signOutEverywhere = graphql(`
  mutation SignOutEverywhere {
    signOutEverywhere
  }
`);

export const changePassword = graphql(
  `
    mutation ChangePassword($current: String!, $password: String!) {
      changePassword(input: { current: $current, password: $password }) {
        __typename
        ... on SignInRefused {
          retryAt
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const chooseLanguage = graphql(`
  mutation ChooseLanguage($language: StaffLanguage!) {
    chooseLanguage(language: $language)
  }
`);
