import { graphql } from '../graphql.ts';

export const tillFacts = graphql(`
  fragment TillFacts on Till {
    id
    name
    kind
    serverTime
    clockAheadSeconds
    store {
      code
      name
      currency
      timeZone
    }
    program {
      name
      mode
    }
    cashiers {
      id
      name
      canWaive
    }
    consentTexts {
      id
      purpose
      version
      text
      required
    }
  }
`);

export const accountFacts = graphql(`
  fragment AccountFacts on LoyaltyAccount {
    status
    active
    pending
    debt
    available
    nextActivation {
      points
      at
    }
    nextExpiry {
      points
      at
    }
    tier {
      name
    }
  }
`);

export const visitFacts = graphql(
  `
    fragment VisitFacts on ShopperVisit {
      id
      verified
      expiresAt
      profile {
        givenName
        birthDate
        phone
      }
      account {
        ...AccountFacts
        tierProgress {
          next {
            name
          }
          missing {
            amount
            currency
          }
          missingPoints
        }
      }
      quoteFacts
      offers {
        id
        promotionId
        title
        say
        reason
        endsAt
        promoCode
        personal
      }
    }
  `,
  [accountFacts],
);

export const challengeFacts = graphql(`
  fragment ChallengeFacts on ShopperChallenge {
    id
    kind
    maskedPhone
    codeLength
    channel
    otherChannels
    delivery
    expiresAt
    resendAt
    attemptsLeft
  }
`);

export const problems = graphql(`
  fragment Problems on InvalidInput {
    problems {
      path
      code
    }
  }
`);

export const limitFacts = graphql(`
  fragment LimitFacts on PointsLimit {
    code
    max
  }
`);

export const quoteFacts = graphql(
  `
    fragment QuoteFacts on OrderQuote {
      currency
      gross
      discount
      pointsDiscount
      toPay
      verificationRequired
      quoteHash
      validUntil
      rulesRevision
      lines {
        number
        gross
        pointsDiscount
        toPay
        discounts {
          label
          amount
          promoCode
        }
      }
      points {
        available
        max
        applied
        limits {
          ...LimitFacts
        }
      }
      earning {
        points
        activateAt
      }
      offers {
        promotionId
        title
        amount
        points
        promoCode
      }
      missingGifts
      refusedCodes {
        promoCode
        code
      }
    }
  `,
  [limitFacts],
);

export const orderFacts = graphql(`
  fragment OrderFacts on Order {
    externalId
    state
    toPay
    discount
    pointsSpent
    earned
    currency
  }
`);

export const productFacts = graphql(`
  fragment ProductFacts on Product {
    sku
    name
    price
    category
    goods
  }
`);
