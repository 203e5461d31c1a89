export { ACTIVITY_SETTINGS, type ActivitySettings } from './activity-settings.ts';
export { EVENT_ROWS } from './moves.ts';
export { EVENT_TIMELINE } from './timeline.ts';
export { activityJobs } from './recording/event-months.ts';
export { removeEvents } from './recording/remove-events.ts';
export type { EventInput } from './recording/read-event.ts';
export type { EventResult, EventsRecorded, RecordEvents } from './recording/event-batch.ts';
export { recordEvents } from './recording/record-events.ts';
