export type { Live, LiveMessage } from './live.ts';
export { publish, type LiveEvent } from './publish.ts';
export { liveValues } from './subscription.ts';
