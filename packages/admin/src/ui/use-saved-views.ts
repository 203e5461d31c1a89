import type { Ref } from 'vue';
import { kept } from '../app/kept.ts';

export interface SavedView {
  title: string;
  /** The query of the URL, without `?`. */
  query: string;
}

/** @param name of the list */
export function useSavedViews(name: string): {
  views: Ref<SavedView[]>;
  save: (view: SavedView) => void;
  remove: (title: string) => void;
} {
  const views = kept<SavedView[]>(`views.${name}`, [], (value) => Array.isArray(value));
  const remove = (title: string): void => {
    views.value = views.value.filter((view) => view.title !== title);
  };
  return {
    views,
    save: (view) => {
      remove(view.title);
      views.value = [...views.value, view];
    },
    remove,
  };
}
