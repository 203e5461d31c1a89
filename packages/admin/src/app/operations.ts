import { graphql } from './graphql.ts';

export const currentSession = graphql(`
  query CurrentSession {
    session {
      id
      state
      staff {
        id
        name
        email
        language
      }
      roles
      scopes
      allStores
      brands {
        id
        name
      }
      stores {
        id
        brandId
        code
        name
        timeZone
        currency
      }
    }
  }
`);
