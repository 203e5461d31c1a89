import { expect, test } from 'vitest';
import { keyOf, readKey } from './source-key.ts';

test('a source stands in a URL with what it brings, whatever its name holds', () => {
  for (const source of ['site', 'касса ~ 1', 'a/b'])
    expect(readKey(keyOf({ source, kind: 'ORDERS' }))).toEqual({ source, kind: 'ORDERS' });
  for (const key of ['', 'site', 'ORDERS~', 'THINGS~site', '~site'])
    expect([key, readKey(key)]).toEqual([key, null]);
});
