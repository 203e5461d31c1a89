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
  toasts.value = [...toasts.value, { id, text, tone, ...(undo === undefined ? {} : { undo }) }];
  setTimeout(() => close(id), undo === undefined ? SHOWN_MS : UNDO_MS);
}

function close(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
