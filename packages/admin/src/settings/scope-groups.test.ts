import { SCOPES } from '@clientele/shared/permissions';
import { expect, test } from 'vitest';
import { SCOPE_GROUPS } from './scope-groups.ts';
import en from './words.en.ts';
import ru from './words.ru.ts';

test('every scope stands in one group, and has words in both languages', () => {
  for (const scope of SCOPES) {
    expect([scope, SCOPE_GROUPS.filter(({ scopes }) => scopes(scope)).length]).toEqual([scope, 1]);
    const key = scope.replace('.', '_') as keyof typeof ru.settings.scopes;
    expect([scope, typeof ru.settings.scopes[key], typeof en.settings.scopes[key]]).toEqual([
      scope,
      'string',
      'string',
    ]);
  }
});
