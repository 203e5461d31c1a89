import { graphql } from '../app/graphql.ts';

export const homeFigures = graphql(`
  query HomeFigures($brandId: ID, $storeId: ID) {
    homeFigures(brandId: $brandId, storeId: $storeId) {
      at
      today {
        receipts
        identified
        shoppers
        pointsEarned
        pointsSpent
        paid {
          currency
          amount
        }
      }
      weekAgo {
        receipts
        identified
        shoppers
        pointsEarned
        pointsSpent
        paid {
          currency
          amount
        }
      }
      activeShoppers
      activeShoppersWeekAgo
      liability {
        program
        points
      }
    }
  }
`);

export const homeAttention = graphql(`
  query HomeAttention {
    attention {
      code
      severity
      count
      link
    }
  }
`);

export const homeLaunch = graphql(`
  query HomeLaunch {
    launchChecks {
      code
      state
      facts
      link
    }
  }
`);

export const confirmBackups = graphql(`
  mutation ConfirmBackups {
    confirmBackups {
      code
      state
      facts
      link
    }
  }
`);
