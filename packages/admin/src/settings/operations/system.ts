import { graphql, type ResultOf } from '../../app/graphql.ts';
import { refusalFacts } from './refusals.ts';

const auditRow = graphql(`
  fragment AuditRow on AuditEntry {
    id
    occurredAt
    actorKind
    actorId
    actorName
    action
    subject
    subjectKind
    subjectName
    subjectId
    before
    after
    facts
  }
`);
export type AuditRow = ResultOf<typeof auditRow>;

export const auditEntries = graphql(
  `
    query AuditEntries($filter: AuditFilter, $first: Int, $after: String) {
      auditEntries(filter: $filter, first: $first, after: $after) {
        edges {
          node {
            ...AuditRow
          }
        }
        pageInfo {
          endCursor
          hasNextPage
        }
      }
    }
  `,
  [auditRow],
);

export const auditActions = graphql(`
  query AuditActions {
    auditActions
  }
`);

export const exportAudit = graphql(`
  mutation ExportAudit($filter: AuditFilter) {
    exportAudit(filter: $filter)
  }
`);

const health = graphql(`
  fragment Health on SystemHealth {
    version
    mode
    now
    clockAheadSeconds
    process {
      nodeVersion
      uptimeSeconds
      memoryBytes
      heapBytes
      eventLoopDelayP50Ms
      eventLoopDelayP99Ms
    }
    disk {
      freeBytes
      totalBytes
    }
    database {
      version
      bytes
      connections
      connectionsAtMost
      largestTables {
        name
        bytes
        rows
      }
      migrations {
        name
        executedAt
      }
    }
    outbox {
      waiting
      failing
      oldestAt
      failure
    }
    channels {
      channel
      waiting
      sentToday
      failedToday
      lastSentAt
      lastFailure
    }
    worker {
      waiting
      running
      scheduled
      failed {
        id
        name
        attempts
        attemptsAtMost
        gaveUp
        failure
        runAt
      }
    }
  }
`);
export type Health = ResultOf<typeof health>;
export type FailedJob = Health['worker']['failed'][number];

export const systemHealth = graphql(
  `
    query SystemHealth {
      systemHealth {
        ...Health
      }
    }
  `,
  [health],
);

export const settleJob = graphql(
  `
    mutation SettleJob($id: ID!, $how: SettleJob!) {
      settleJob(id: $id, how: $how) {
        __typename
        ... on JobSettled {
          id
        }
        ...SettingsRefusal
      }
    }
  `,
  [refusalFacts],
);
