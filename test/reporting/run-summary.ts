import type { Reporter, SerializedError, TestModule } from 'vitest/node';

export interface RunSummary {
  passed: number;
  failed: number;
  /** Full names: only tests that need the data beside the checkout may be among them. */
  skipped: string[];
}

/** A file that cannot be loaded and an error outside every test count as one failure each. */
export function summarise(modules: readonly TestModule[], errors: readonly SerializedError[]): RunSummary {
  const summary: RunSummary = { passed: 0, failed: errors.length, skipped: [] };
  for (const module of modules) {
    const tests = [...module.children.allTests()];
    for (const test of tests) {
      const { state } = test.result();
      if (state === 'passed') summary.passed += 1;
      else if (state === 'skipped') summary.skipped.push(`${module.relativeModuleId}: ${test.fullName}`);
      else summary.failed += 1;
    }
    const someTestFailed = tests.some((test) => test.result().state === 'failed');
    if (module.state() === 'failed' && !someTestFailed) summary.failed += 1;
  }
  return summary;
}

/**
 * Ends a run with the plain line `N passed, N failed`.
 * @param requireData where the data of the skipped tests has to be there, a skipped test is a failed one
 */
export function runSummary(requireData: boolean): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      const { passed, failed, skipped } = summarise(modules, errors);
      const missing = requireData ? skipped : [];
      if (missing.length > 0) process.exitCode = 1;
      // After the other reporters and the teardown of servers, so that nothing is written below it.
      process.once('exit', (code) => {
        // A run that broke before its first test has nothing to count, and did not pass.
        const broken = failed + missing.length === 0 && code !== 0 ? 1 : 0;
        const lines = missing.map((name) => `skipped, but ../shared/data has to be there: ${name}`);
        const line = `${passed} passed, ${failed + missing.length + broken} failed`;
        process.stdout.write(`\n${[...lines, line].join('\n')}\n`);
      });
    },
  };
}
