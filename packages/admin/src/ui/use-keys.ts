import { onScopeDispose, shallowReactive, shallowRef, type ShallowRef } from 'vue';

export interface KeyBinding {
  /** As `keyName` says: `j`, `ctrl+s`, `shift+/`, `enter`, `f1`. Letters by their place, so that a Russian layout works. */
  key: string;
  /** Key of the words shown in the key hints. */
  words: string;
  press: () => void;
  /** Works in fields and dialogs too; by itself only for keys with Ctrl and function keys. */
  everywhere?: boolean;
}

interface Pressed {
  code: string;
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** `ctrl+shift+k` of a pressed key; the Mac's ⌘ counts as Ctrl. */
export function keyName({ code, key, ctrlKey, metaKey, shiftKey, altKey }: Pressed): string {
  const letter = /^Key([A-Z])$/.exec(code)?.[1] ?? /^Digit(\d)$/.exec(code)?.[1];
  const plain = letter ?? (code === 'Slash' ? '/' : key);
  const held = [(ctrlKey || metaKey) && 'ctrl', altKey && 'alt', shiftKey && 'shift'].filter(Boolean);
  return [...held, plain.toLowerCase()].join('+');
}

/** Keys that write nothing work while a person types. */
export function worksWhileTyping(key: string): boolean {
  return key.startsWith('ctrl+') || /^f\d+$/.test(key);
}

const groups = shallowReactive(new Set<readonly KeyBinding[]>());

/** Keys of a page or a component, while it is there; the youngest wins. */
export function useKeys(bindings: readonly KeyBinding[]): void {
  groups.add(bindings);
  onScopeDispose(() => groups.delete(bindings));
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
  );
}

function isBusyElsewhere({ target }: KeyboardEvent): boolean {
  return (
    isTyping(target) || document.querySelector('[role="dialog"], [role="listbox"], [role="menu"]') !== null
  );
}

/** Enter and space belong to the button or link under the focus. */
function isPressing({ target, key }: KeyboardEvent): boolean {
  return (
    (key === 'Enter' || key === ' ') &&
    target instanceof HTMLElement &&
    target.matches('a, button, summary, input')
  );
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const name = keyName(event);
  const binding = [...groups]
    .toReversed()
    .flat()
    .find(({ key }) => key === name);
  if (binding === undefined || isPressing(event)) return;
  if (!(binding.everywhere ?? worksWhileTyping(name)) && isBusyElsewhere(event)) return;
  event.preventDefault();
  binding.press();
}

if (typeof document !== 'undefined') document.addEventListener('keydown', onKeyDown);

const hintsOpen = shallowRef(false);

/** The list of keys (F1 or ?). */
export function useKeyHints(): {
  isOpen: ShallowRef<boolean>;
  open: () => void;
  bindings: () => KeyBinding[];
} {
  return {
    isOpen: hintsOpen,
    open: () => {
      hintsOpen.value = true;
    },
    bindings: () => [...new Map([...groups].flat().map((binding) => [binding.key, binding])).values()],
  };
}
