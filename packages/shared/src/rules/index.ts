export type * from './arguments.ts';
export * from './checks.ts';
export type * from './goods.ts';
export { hoursTest, minuteOfDay } from './hours.ts';
export type { Hours } from './hours.ts';
export { attributeTest, everyTest, filterTest, selectionTest } from './match-goods.ts';
export type { GoodsTest } from './match-goods.ts';
export * from './shape.ts';
export type * from './windows.ts';
