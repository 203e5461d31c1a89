import { graphql } from '../app/graphql.ts';

export const findShoppers = graphql(`
  query FindShoppers($search: String!) {
    customers(filter: { search: $search }, first: 6) {
      edges {
        node {
          profile {
            id
            givenName
            familyName
            phone
          }
        }
      }
    }
  }
`);

export const notificationFacts = graphql(`
  fragment NotificationFacts on Notification {
    id
    kind
    facts
    link
    createdAt
    readAt
  }
`);

export const myNotifications = graphql(
  `
    query MyNotifications {
      unreadNotifications
      notifications(first: 12) {
        edges {
          node {
            ...NotificationFacts
          }
        }
      }
    }
  `,
  [notificationFacts],
);

export const notificationAdded = graphql(
  `
    subscription NotificationAdded {
      notificationAdded {
        unread
        notification {
          ...NotificationFacts
        }
      }
    }
  `,
  [notificationFacts],
);

export const markNotificationsRead = graphql(`
  mutation MarkNotificationsRead($ids: [ID!]) {
    markNotificationsRead(ids: $ids)
  }
`);
