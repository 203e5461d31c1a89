import { ref, watch, type Ref } from 'vue';

/**
 * A value that survives a reload in this browser. What is stored and no longer valid counts as absent; a browser that
 * keeps nothing (private windows) just forgets.
 */
export function kept<Value>(key: string, initial: Value, isValid: (value: unknown) => boolean): Ref<Value> {
  const state = ref(read(key, initial, isValid)) as Ref<Value>;
  watch(state, (value) => keep(key, value), { deep: true });
  return state;
}

function read<Value>(key: string, initial: Value, isValid: (value: unknown) => boolean): Value {
  const stored = readKept(key);
  return stored !== null && isValid(stored) ? (stored as Value) : initial;
}

const PREFIX = 'clientele.admin.';

/** @returns null where nothing readable is kept */
export function readKept(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}

export function keep(key: string, value: unknown): void {
  try {
    if (value === null) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, JSON.stringify(value));
  } catch {
    // A full or forbidden store loses convenience, never work: the page goes on.
  }
}
