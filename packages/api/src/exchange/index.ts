export { ImportRunning, UnreadableFile, UnusableMapping } from './exchange.errors.ts';
export { importOrders, type ImportOrders, type ImportPhase } from './order-import/import-orders.ts';
export { parseMapping, plainMapping, type OrderMapping } from './order-import/mapping.ts';
export type { ImportReport, OrderStatus, Posted, Tally } from './order-import/report.ts';
export { readMapping } from './order-import/read-mapping.ts';
export { reportInWords } from './order-import/report-in-words.ts';
