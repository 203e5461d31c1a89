import type { Builder } from './use-builder.ts';

export interface Drag {
  start: (event: DragEvent, key: string) => void;
  end: () => void;
  /** Over a line of a group: above its middle what is dragged falls before it, below after it. */
  over: (event: DragEvent, parent: string, index: number) => void;
  /** Over the head or the foot of a group. */
  overEnd: (event: DragEvent, parent: string, index: number) => void;
}

/** Sentences and groups are moved by the mouse; the keys do the same. */
export function useDrag(builder: Builder): Drag {
  function aim(event: DragEvent, parent: string, index: number): void {
    if (builder.dragged.value === null) return;
    event.preventDefault();
    event.stopPropagation();
    const { target } = builder;
    if (target.value?.parent !== parent || target.value.index !== index) target.value = { parent, index };
  }
  return {
    start: (event, key) => {
      builder.dragged.value = key;
      event.dataTransfer?.setData('text/plain', key);
      const row = (event.target as HTMLElement).closest('[data-key]');
      if (row !== null) event.dataTransfer?.setDragImage(row, 12, 12);
    },
    end: () => {
      [builder.dragged.value, builder.target.value] = [null, null];
    },
    over: (event, parent, index) => {
      const { top, height } = (event.currentTarget as HTMLElement).getBoundingClientRect();
      aim(event, parent, event.clientY < top + height / 2 ? index : index + 1);
    },
    overEnd: aim,
  };
}
