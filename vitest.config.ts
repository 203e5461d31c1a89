import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import type { TestProjectInlineConfiguration } from 'vitest/config';
import { runSummary } from './test/reporting/run-summary.ts';

const postgres = [`${import.meta.dirname}/packages/api/src/testing/postgres.global-setup.ts`];

/** The two apps bring their own Vite configuration: plugins and aliases are part of what is tested. */
function app(folder: string, name: string): TestProjectInlineConfiguration {
  const root = `${import.meta.dirname}/${folder}`;
  const config = `${root}/vite.config.ts`;
  return {
    ...(existsSync(config) ? { extends: config } : {}),
    root,
    test: { name, root, include: ['src/**/*.test.ts'], testTimeout: 10_000 },
  };
}

/**
 * Our code must get the same copy of a package that packages get from each other: without this Vite hands it the
 * development build of graphql, Node the other one, and their classes do not know each other.
 */
const asNodeResolves = { resolve: { conditions: ['module-sync', 'node'] } };

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    reporters: ['default', runSummary(process.env['CLIENTELE_REQUIRE_DATA'] === '1')],
    projects: [
      { test: { name: 'shared', root: 'packages/shared', include: ['src/**/*.test.ts'] } },
      {
        ssr: asNodeResolves,
        test: {
          name: 'api',
          root: 'packages/api',
          include: ['src/**/*.test.ts'],
          globalSetup: postgres,
          // Ten times what the slowest needs: a busy machine is no reason to fail.
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
      app('packages/pos-client', 'pos-client'),
      app('packages/admin', 'admin'),
      {
        ssr: asNodeResolves,
        test: {
          name: 'test',
          root: 'test',
          include: ['**/*.test.ts'],
          globalSetup: postgres,
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
