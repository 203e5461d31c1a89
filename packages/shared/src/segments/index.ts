export * from './condition.ts';
export * from './leaf-args.ts';
export * from './moments.ts';
export * from './range.ts';
