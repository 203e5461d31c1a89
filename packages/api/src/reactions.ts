import { activityJobs } from './activity/index.ts';
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
import { loyaltyJobs, timePassedHandler } from './loyalty/index.ts';
import { signInCodeHandler, staffLetterHandler } from './messaging/index.ts';
import { ordersJobs, waitingReturnsJob } from './orders/index.ts';
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
import { SHOPPER_ROWS } from './shopper-rows.ts';

/** Who reacts to which event: the whole table. A room hears of rooms above it only so. */
export function handlers(nudgeSender: () => void, publicUrl: string): HandlerTable {
  return {
    'sign-in-code.requested': [signInCodeHandler(nudgeSender)],
    [RESET_REQUESTED]: [passwordResetHandler],
    [LETTER_REQUESTED]: [staffLetterHandler(publicUrl, nudgeSender)],
    'demo-clock.moved': [timePassedHandler],
    'order.committed': [issueNextCodes],
    'order.shopper-attached': [issueNextCodes],
    'order.returned': [takeBackNextCodes],
    'profile.created': [lookForDuplicates],
    'profile.updated': [lookForDuplicates],
    'profile.merged': [lookForDuplicates],
    'profile.unmerged': [lookForDuplicates],
    'identity.conflict': [noteIdentityConflict(SHOPPER_ROWS)],
  };
}

/** What runs by itself. */
export const jobs: readonly Job[] = [
  ...filesJobs,
  ...companyJobs,
  ...profilesJobs,
  ...duplicatesJobs,
  ...activityJobs,
  ...loyaltyJobs,
  ...ordersJobs,
  waitingReturnsJob,
  ...monitorJobs,
  ...schedulesJobs,
];

/** What people start and see running. */
export const tasks = (pulls: PullSettings): readonly TaskKind[] => [
  pullTask(pulls),
  hygieneTask,
  replayTask(schema),
  auditExportTask,
  exportPerson(SHOPPER_ROWS),
  exportCustomers,
  changeManyTags,
  scanDuplicates,
  grantOffersTask,
  ...importTasks,
  generateCodesTask,
  importCodesTask,
  exportCodesTask,
];
