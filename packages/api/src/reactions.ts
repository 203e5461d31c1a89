import type { Job } from './platform/jobs/jobs.ts';
import type { HandlerTable } from './platform/outbox/handlers.ts';

/** Who reacts to which event: the whole table. A room hears of rooms above it only so. */
export const handlers: HandlerTable = {};

/** What runs by itself. */
export const jobs: readonly Job[] = [];
