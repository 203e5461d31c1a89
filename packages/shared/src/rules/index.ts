export type * from './arguments.ts';
export type * from './goods.ts';
export type * from './windows.ts';
