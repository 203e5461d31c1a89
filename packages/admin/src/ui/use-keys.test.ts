import { expect, test } from 'vitest';
import { keyName, worksWhileTyping } from './use-keys.ts';

const nothingHeld = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };

test.each([
  [{ code: 'KeyJ', key: 'о' }, 'j'],
  [{ code: 'KeyS', key: 'ы', ctrlKey: true }, 'ctrl+s'],
  [{ code: 'KeyK', key: 'k', metaKey: true }, 'ctrl+k'],
  [{ code: 'Slash', key: ',', shiftKey: true }, 'shift+/'],
  [{ code: 'Enter', key: 'Enter' }, 'enter'],
  [{ code: 'F1', key: 'F1' }, 'f1'],
  [{ code: 'Digit2', key: '2', altKey: true }, 'alt+2'],
])('%o is %s', (pressed, name) => {
  expect(keyName({ ...nothingHeld, ...pressed })).toBe(name);
});

test.each([
  ['ctrl+s', true],
  ['f1', true],
  ['j', false],
  ['/', false],
])('%s while typing: %s', (key, works) => {
  expect(worksWhileTyping(key)).toBe(works);
});
