import { computed, inject, shallowRef } from 'vue';
import type { ComputedRef, InjectionKey, ShallowRef } from 'vue';
import { en } from './i18n/en.ts';
import { ru } from './i18n/ru.ts';
import type { Words } from './i18n/ru.ts';
import { nextStep, startState } from './till-flow/index.ts';
import type { NextStep, TillEvent, TillState } from './till-flow/index.ts';
import { day, hour } from './ui/figures.ts';
import type { Language } from './ui/figures.ts';

/** What every screen has at hand. */
export interface TillDesk {
  state: Readonly<ShallowRef<TillState>>;
  words: ComputedRef<Words>;
  language: ShallowRef<Language>;
  next: ComputedRef<NextStep>;
  /** Ticks every second with the server's time, epoch milliseconds. */
  now: Readonly<ShallowRef<number>>;
  currency: ComputedRef<string>;
  version: string;
  dispatch: (event: TillEvent) => void;
  day: (instant: string) => string;
  /** The last day of what ends at that instant. */
  lastDay: (instant: string) => string;
  time: (instant: string) => string;
}

const deskKey: InjectionKey<TillDesk> = Symbol('till desk');

export interface DeskParts {
  state: ShallowRef<TillState>;
  now: ShallowRef<number>;
  language: Language;
  version: string;
  dispatch: (event: TillEvent) => void;
}

export function createDesk(parts: DeskParts): TillDesk {
  const { state, now } = parts;
  const language = shallowRef(parts.language);
  const zone = (): string => state.value.till?.store.timeZone ?? 'UTC';
  return {
    state,
    now,
    language,
    version: parts.version,
    dispatch: parts.dispatch,
    words: computed(() => (language.value === 'ru' ? ru : en)),
    next: computed(() => nextStep(state.value)),
    currency: computed(() => state.value.till?.store.currency ?? ''),
    day: (instant) => day(instant, zone(), language.value),
    lastDay: (instant) => day(new Date(Date.parse(instant) - 1).toISOString(), zone(), language.value),
    time: (instant) => hour(instant, zone()),
  };
}

export function emptyStateRef(): ShallowRef<TillState> {
  return shallowRef(startState());
}

export { deskKey };

export function useTill(): TillDesk {
  const desk = inject(deskKey);
  if (desk === undefined) throw new Error('a till screen stands outside the till');
  return desk;
}
