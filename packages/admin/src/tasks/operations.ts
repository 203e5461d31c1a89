import { graphql } from '../app/graphql.ts';

export const taskFacts = graphql(`
  fragment TaskFacts on Task {
    id
    kind
    state
    done
    total
    facts
    result
    errorCode
    errorText
    createdAt
    startedAt
    finishedAt
    cancelAsked
    mine
    file {
      id
      name
      bytes
      url
    }
  }
`);

export const myTasks = graphql(
  `
    query MyTasks {
      tasks(first: 8, mine: true) {
        edges {
          node {
            ...TaskFacts
          }
        }
      }
    }
  `,
  [taskFacts],
);

export const allTasks = graphql(
  `
    query AllTasks($mine: Boolean, $states: [TaskState!], $first: Int, $after: String) {
      tasks(mine: $mine, states: $states, first: $first, after: $after) {
        edges {
          node {
            ...TaskFacts
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [taskFacts],
);

export const taskNow = graphql(
  `
    query TaskNow($id: ID!) {
      task(id: $id) {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);

export const myTasksChanged = graphql(
  `
    subscription MyTasksChanged {
      myTasksChanged {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);

export const taskChanged = graphql(
  `
    subscription TaskChanged($id: ID!) {
      taskChanged(id: $id) {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);

export const cancelTask = graphql(
  `
    mutation CancelTask($id: ID!) {
      cancelTask(id: $id) {
        ...TaskFacts
      }
    }
  `,
  [taskFacts],
);
