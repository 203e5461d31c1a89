import { graphql, type ResultOf } from '../app/graphql.ts';
import { refusalFacts } from '../app/refusal-facts.ts';

export const programs = graphql(`
  query Programs {
    programs {
      id
      name
      brand {
        id
        name
      }
    }
  }
`);

const draftFacts = graphql(`
  fragment DraftFacts on Program {
    id
    draft {
      version
      settings
      changedBy
      changedAt
    }
  }
`);

const programFacts = graphql(
  `
    fragment ProgramFacts on Program {
      ...DraftFacts
      id
      name
      brand {
        id
        name
      }
      mode
      liveAt
      timezone
      version
      currencies
      rulesRu: rules(language: ru)
      rulesEn: rules(language: en)
      settings
      versions {
        number
        settings
        state
        validFrom
        createdAt
        author
        note
        withdrawnAt
        withdrawnBy
      }
    }
  `,
  [draftFacts],
);

export const program = graphql(
  `
    query Program($id: ID!) {
      program(id: $id) {
        ...ProgramFacts
      }
    }
  `,
  [programFacts],
);

export type ProgramFacts = NonNullable<ResultOf<typeof program>['program']>;
export type VersionFacts = ProgramFacts['versions'][number];

export const createProgram = graphql(
  `
    mutation CreateProgram($input: CreateProgramInput!) {
      createProgram(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            id
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [refusalFacts],
);

export const saveProgramDraft = graphql(
  `
    mutation SaveProgramDraft($input: SaveProgramDraftInput!) {
      saveProgramDraft(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            ...DraftFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [draftFacts, refusalFacts],
);

export const discardProgramDraft = graphql(
  `
    mutation DiscardProgramDraft($input: ProgramDraftInput!) {
      discardProgramDraft(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            ...DraftFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [draftFacts, refusalFacts],
);

export const publishProgramVersion = graphql(
  `
    mutation PublishProgramVersion($input: PublishProgramVersionInput!) {
      publishProgramVersion(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            ...ProgramFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [programFacts, refusalFacts],
);

export const cancelPlannedVersion = graphql(
  `
    mutation CancelPlannedVersion($input: CancelPlannedVersionInput!) {
      cancelPlannedVersion(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            ...ProgramFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [programFacts, refusalFacts],
);

export const setProgramMode = graphql(
  `
    mutation SetProgramMode($input: SetProgramModeInput!) {
      setProgramMode(input: $input) {
        __typename
        ... on ProgramSaved {
          program {
            ...ProgramFacts
          }
        }
        ...RefusalFacts
      }
    }
  `,
  [programFacts, refusalFacts],
);
