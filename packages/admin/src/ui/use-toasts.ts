import { shallowRef, type ShallowRef } from 'vue';

export interface Toast {
  id: number;
  text: string;
  tone: 'ok' | 'bad';
  undo?: () => void;
}

const toasts = shallowRef<readonly Toast[]>([]);
const SHOWN_MS = 6000;
/** A person needs time to find out that it was wrong. */
const UNDO_MS = 15_000;
/** More would cover the page. */
const AT_ONCE = 3;
let last = 0;

export interface Toasts {
  toasts: ShallowRef<readonly Toast[]>;
  show: (text: string, more?: { tone?: Toast['tone']; undo?: () => void }) => void;
  close: (id: number) => void;
}

/** Short words about what was done, with a way back where there is one. */
export function useToasts(): Toasts {
  return { toasts, show, close };
}

function show(text: string, { tone = 'ok', undo }: { tone?: Toast['tone']; undo?: () => void } = {}): void {
  last += 1;
  const id = last;
  // Said twice it is read once.
  const others = toasts.value.filter((toast) => toast.text !== text || toast.undo !== undefined);
  const toast = { id, text, tone, ...(undo === undefined ? {} : { undo }) };
  toasts.value = [...others, toast].slice(-AT_ONCE);
  setTimeout(() => close(id), undo === undefined ? SHOWN_MS : UNDO_MS);
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
