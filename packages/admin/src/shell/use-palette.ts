import { shallowRef, type ShallowRef } from 'vue';

const isOpen = shallowRef(false);

export function usePalette(): { isOpen: ShallowRef<boolean>; open: () => void } {
  return {
    isOpen,
    open: () => {
      isOpen.value = true;
    },
  };
}
