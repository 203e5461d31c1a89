import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from './refusals.ts';

const attributeRow = graphql(`
  fragment AttributeRow on AttributeDefinition {
    id
    code
    nameRu
    nameEn
    type
    personal
    version
    archivedAt
    choices {
      code
      nameRu
      nameEn
    }
    enrichment {
      kind
      sources
    }
  }
`);
export type AttributeRow = ResultOf<typeof attributeRow>;

export const attributes = graphql(
  `
    query SettingsAttributes($archived: Boolean!) {
      attributeDefinitions(archived: $archived) {
        ...AttributeRow
      }
    }
  `,
  [attributeRow],
);

export const defineAttribute = graphql(
  `
    mutation DefineAttribute($input: DefineAttributeInput!) {
      defineAttribute(input: $input) {
        __typename
        ... on AttributeSaved {
          attribute {
            ...AttributeRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [attributeRow, refusalFacts],
);

export const editAttribute = graphql(
  `
    mutation EditAttribute($input: EditAttributeInput!) {
      editAttribute(input: $input) {
        __typename
        ... on AttributeSaved {
          attribute {
            ...AttributeRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [attributeRow, refusalFacts],
);

export const archiveAttribute = graphql(
  `
    mutation ArchiveAttribute($input: ArchiveInput!) {
      archiveAttribute(input: $input) {
        __typename
        ... on AttributeSaved {
          attribute {
            ...AttributeRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [attributeRow, refusalFacts],
);

const enrichment = graphql(`
  fragment Enrichment on ProfileEnrichment {
    version
    rules {
      field
      rule {
        kind
        sources
      }
    }
  }
`);

export const profileEnrichment = graphql(
  `
    query ProfileEnrichment {
      profileEnrichment {
        ...Enrichment
      }
    }
  `,
  [enrichment],
);

export const setProfileEnrichment = graphql(
  `
    mutation SetProfileEnrichment($input: SetProfileEnrichmentInput!) {
      setProfileEnrichment(input: $input) {
        __typename
        ... on EnrichmentSaved {
          enrichment {
            ...Enrichment
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [enrichment, refusalFacts],
);

const textRow = graphql(`
  fragment ConsentTextRow on ConsentTextVersion {
    id
    purpose
    version
    text
    required
    validFrom
    retiredAt
    brand {
      id
      name
    }
  }
`);
export type ConsentTextRow = ResultOf<typeof textRow>;

export const consentTexts = graphql(
  `
    query SettingsConsentTexts($brandId: ID, $purpose: ConsentPurpose) {
      consentTextVersions(brandId: $brandId, purpose: $purpose) {
        ...ConsentTextRow
      }
    }
  `,
  [textRow],
);

export const publishConsentText = graphql(
  `
    mutation PublishConsentText($input: PublishConsentTextInput!) {
      publishConsentText(input: $input) {
        __typename
        ... on ConsentTextPublished {
          id
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);

const topicRow = graphql(`
  fragment TopicRow on ConsentTopic {
    id
    code
    nameRu
    nameEn
    version
    archivedAt
    always
  }
`);
export type TopicRow = ResultOf<typeof topicRow>;

export const consentTopics = graphql(
  `
    query SettingsConsentTopics($archived: Boolean!) {
      consentTopics(archived: $archived) {
        ...TopicRow
      }
    }
  `,
  [topicRow],
);

export const defineConsentTopic = graphql(
  `
    mutation DefineConsentTopic($input: DefineConsentTopicInput!) {
      defineConsentTopic(input: $input) {
        __typename
        ... on ConsentTopicSaved {
          topic {
            ...TopicRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [topicRow, refusalFacts],
);

export const renameConsentTopic = graphql(
  `
    mutation RenameConsentTopic($input: RenameConsentTopicInput!) {
      renameConsentTopic(input: $input) {
        __typename
        ... on ConsentTopicSaved {
          topic {
            ...TopicRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [topicRow, refusalFacts],
);

export const archiveConsentTopic = graphql(
  `
    mutation ArchiveConsentTopic($input: ArchiveInput!) {
      archiveConsentTopic(input: $input) {
        __typename
        ... on ConsentTopicSaved {
          topic {
            ...TopicRow
          }
        }
        ...SettingsRefusal
      }
    }
  `,
  [topicRow, refusalFacts],
);
