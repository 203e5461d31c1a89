import { presetSettings } from '@clientele/shared/receipt';
import { expect, test } from 'vitest';
import { globalId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { settingsFromClient, settingsToClient } from './settings-json.ts';

function withoutCodeAt(...neverAtStoreIds: string[]) {
  const { redemption } = presetSettings;
  return { ...presetSettings, redemption: { ...redemption, code: { ...redemption.code, neverAtStoreIds } } };
}

test('clients see stores by their opaque ids, and give them back', () => {
  const id = newId();
  const shown = settingsToClient(withoutCodeAt(id));
  expect(shown).toEqual(withoutCodeAt(globalId('Store', id)));
  expect(settingsFromClient(shown)).toEqual(withoutCodeAt(id));
});

test('what is no id of a store stays for the check to find; what is no settings stays as it is', () => {
  const brand = globalId('Brand', newId());
  expect(settingsFromClient(withoutCodeAt('мой магазин', brand))).toEqual(
    withoutCodeAt('мой магазин', brand),
  );
  for (const odd of [null, 5, [], { redemption: { code: 7 } }]) expect(settingsFromClient(odd)).toEqual(odd);
});
