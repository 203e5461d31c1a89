export type * from './facts.ts';
export type * from './frozen.ts';
export type * from './promotion.ts';
export type * from './verdict.ts';
