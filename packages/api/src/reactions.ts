import { activityJobs, type WatchedKinds } from './activity/index.ts';
import {
  auditExportTask,
  companyJobs,
  LETTER_REQUESTED,
  passwordResetHandler,
  RESET_REQUESTED,
} from './company/index.ts';
import { importTasks } from './exchange/index.ts';
import {
  exportCodesTask,
  generateCodesTask,
  grantOffersTask,
  importCodesTask,
  issueNextCodes,
  takeBackNextCodes,
} from './offers/index.ts';
import {
  actionEventKinds,
  actionJobs,
  behaviourHandler,
  enrolmentHandler,
  importedTierHandler,
  incidentHandler,
  ladderHandler,
  liabilityExport,
  loyaltyJobs,
  memberTierHandler,
  purchaseTierHandler,
  recountTiersTask,
  subscriptionHandler,
  tierJobs,
  timePassedForBirthdays,
  timePassedForTiers,
  timePassedHandler,
} from './loyalty/index.ts';
import { signInCodeHandler, staffLetterHandler } from './messaging/index.ts';
import {
  ordersJobs,
  PURCHASE_HISTORY,
  retroCount,
  retroGrant,
  retroTakeBack,
  rfmJob,
  rfmTask,
  stagesJob,
  stagesTask,
  waitingReturnsJob,
} from './orders/index.ts';
import type { Job } from './platform/jobs/jobs.ts';
import {
  hygieneTask,
  monitorJobs,
  pullTask,
  replayTask,
  schedulesJobs,
  type PullSettings,
} from './exchange/index.ts';
import { filesJobs } from './platform/files/index.ts';
import type { TaskKind } from './platform/tasks/index.ts';
import type { HandlerTable } from './platform/outbox/handlers.ts';
import {
  changeManyTags,
  duplicatesJobs,
  exportCustomers,
  exportPerson,
  lookForDuplicates,
  noteIdentityConflict,
  profilesJobs,
  scanDuplicates,
} from './profiles/index.ts';
import { schema } from './schema.ts';
import { segmentsJobs, segmentTasks } from './segments/index.ts';
import { PERSON_TRACES } from './person-traces.ts';
import { SHOPPER_ROWS } from './shopper-rows.ts';

/** Who reacts to which event: the whole table. A room hears of rooms above it only so. */
export function handlers(nudgeSender: () => void, publicUrl: string): HandlerTable {
  return {
    'sign-in-code.requested': [signInCodeHandler(nudgeSender)],
    [RESET_REQUESTED]: [passwordResetHandler],
    [LETTER_REQUESTED]: [staffLetterHandler(publicUrl, nudgeSender)],
    // Tiers first: what is given for a birthday may depend on one.
    'demo-clock.moved': [timePassedHandler, timePassedForTiers, timePassedForBirthdays],
    'member.enrolled': [memberTierHandler, enrolmentHandler],
    'consent.changed': [subscriptionHandler],
    'event.recorded': [behaviourHandler],
    'program.changed': [ladderHandler],
    'orders.imported': [importedTierHandler],
    'incident.raised': [incidentHandler],
    'order.committed': [purchaseTierHandler, issueNextCodes],
    'order.shopper-attached': [purchaseTierHandler, issueNextCodes],
    'order.returned': [purchaseTierHandler, takeBackNextCodes],
    'order.cancelled': [purchaseTierHandler],
    'profile.created': [lookForDuplicates],
    'profile.updated': [lookForDuplicates],
    'profile.merged': [lookForDuplicates],
    'profile.unmerged': [lookForDuplicates],
    'identity.conflict': [noteIdentityConflict(SHOPPER_ROWS)],
  };
}

/** Kinds of behaviour events that are told to somebody; all others are only stored. */
export const WATCHED_KINDS: readonly WatchedKinds[] = [actionEventKinds];

/** What runs by itself. */
export const jobs: readonly Job[] = [
  ...filesJobs,
  ...companyJobs,
  ...profilesJobs,
  ...duplicatesJobs,
  ...activityJobs,
  ...segmentsJobs,
  ...loyaltyJobs,
  ...actionJobs,
  ...tierJobs,
  ...ordersJobs,
  waitingReturnsJob,
  rfmJob,
  stagesJob,
  ...monitorJobs,
  ...schedulesJobs,
];

/** What people start and see running. */
export const tasks = (pulls: PullSettings): readonly TaskKind[] => [
  pullTask(pulls),
  hygieneTask,
  replayTask(schema),
  auditExportTask,
  exportPerson([...SHOPPER_ROWS, ...PERSON_TRACES]),
  exportCustomers,
  changeManyTags,
  scanDuplicates,
  grantOffersTask,
  liabilityExport,
  recountTiersTask(PURCHASE_HISTORY),
  retroCount,
  retroGrant,
  retroTakeBack,
  rfmTask,
  stagesTask,
  ...importTasks,
  ...segmentTasks,
  generateCodesTask,
  importCodesTask,
  exportCodesTask,
];
