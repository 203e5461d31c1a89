import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import * as write from './format.ts';

export interface Format {
  number: (value: number | string) => string;
  percent: (share: number) => string;
  money: (amount: string, currency: string) => string;
  day: (day: string) => string;
  /** The day of an instant, short, for tables. */
  date: (instant: string, zone?: string) => string;
  instant: (instant: string, zone?: string) => string;
  relative: (instant: string) => string | null;
  duration: (ms: number) => string;
  bytes: (bytes: number) => string;
}

const TICK_MS = 30_000;

/** The present, refreshed twice a minute while somebody looks at it. */
export function useNow(): ShallowRef<number> {
  const now = shallowRef(Date.now());
  const timer = setInterval(() => {
    now.value = Date.now();
  }, TICK_MS);
  onScopeDispose(() => clearInterval(timer));
  return now;
}

/** Writes in the language that is shown, and again when it changes. */
export function useFormat(): Format {
  const { locale } = useI18n();
  const now = useNow();
  return {
    number: (value) => write.writeNumber(locale.value, value),
    percent: (share) => write.writePercent(locale.value, share),
    money: (amount, currency) => write.writeMoney(locale.value, amount, currency),
    day: (day) => write.writeDay(locale.value, day),
    date: (instant, zone) => write.writeDate(locale.value, instant, zone),
    instant: (instant, zone) => write.writeInstant(locale.value, instant, zone),
    relative: (instant) => write.writeRelative(locale.value, instant, now.value),
    duration: (ms) => write.writeDuration(locale.value, ms),
    bytes: (bytes) => write.writeBytes(locale.value, bytes),
  };
}
