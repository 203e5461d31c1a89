export { openEmbeddedPostgres, runningEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts';
export type { EmbeddedOptions, EmbeddedPostgres } from './embedded-postgres.ts';
export * from './embedded.errors.ts';
export { FOR_TESTS } from './settings.ts';
