import { computed, shallowRef, watch, type ComputedRef, type Ref } from 'vue';
import { kept } from './kept.ts';
import { tokens } from './tokens.ts';
import { vuetify } from './vuetify.ts';

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const chosen = kept<Appearance>('appearance', 'system', (value) =>
  APPEARANCES.some((known) => known === value),
);
const systemIsDark = shallowRef(false);
const shown = computed(() => {
  if (chosen.value !== 'system') return chosen.value;
  return systemIsDark.value ? 'dark' : 'light';
});

/** What the person chose, and what is shown: the system decides until somebody does. */
export function useAppearance(): { chosen: Ref<Appearance>; shown: ComputedRef<'light' | 'dark'> } {
  return { chosen, shown };
}

/** Once, at the start: follows the system and the choice, in Vuetify and in our own variables. */
export function startAppearance(): void {
  const asked = matchMedia('(prefers-color-scheme: dark)');
  systemIsDark.value = asked.matches;
  asked.addEventListener('change', (event) => {
    systemIsDark.value = event.matches;
  });
  watch(shown, show, { immediate: true });
}

function show(name: 'light' | 'dark'): void {
  const { style } = document.documentElement;
  style.colorScheme = name;
  for (const [token, value] of Object.entries(tokens[name])) style.setProperty(token, value);
  void vuetify.theme.change(name);
}
