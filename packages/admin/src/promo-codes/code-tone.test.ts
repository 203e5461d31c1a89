import { expect, test } from 'vitest';
import { actionsOn, type CodeState } from './code-tone.ts';

const code = (state: CodeState, personal = true, archivedAt: string | null = null) => ({
  state,
  personal,
  pool: { kind: 'SINGLE_USE' as const, archivedAt },
});

test('only what can be done is offered', () => {
  expect(actionsOn(code('ISSUED'))).toEqual({ cancel: true, extend: true, reissue: true });
  expect(actionsOn(code('FREE', false))).toEqual({ cancel: true, extend: true, reissue: false });
  expect(actionsOn(code('HELD'))).toEqual({ cancel: false, extend: true, reissue: false });
  expect(actionsOn(code('EXPIRED'))).toEqual({ cancel: true, extend: true, reissue: true });
  for (const state of ['USED', 'CANCELLED'] as const)
    expect(actionsOn(code(state))).toEqual({ cancel: false, extend: false, reissue: false });
  expect(actionsOn(code('ISSUED', true, '2026-11-01T00:00:00Z'))).toEqual({
    cancel: false,
    extend: false,
    reissue: false,
  });
});
