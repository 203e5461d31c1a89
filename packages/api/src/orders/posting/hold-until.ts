import type { OrderQuote } from '../quote/order-quote.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DEFAULT_TILL_MINUTES = 30;
const DEFAULT_ONLINE_HOURS = 72;

/** When a begun order expires: as late as asked for, within what program and channel allow; else exactly that. */
export function holdUntil({ channel, version }: OrderQuote, now: Date, asked: Date | null): Date {
  const longest =
    channel === 'STORE'
      ? (version?.settings.holdMinutesTill ?? DEFAULT_TILL_MINUTES) * MINUTE_MS
      : (version?.settings.holdHoursOnline ?? DEFAULT_ONLINE_HOURS) * HOUR_MS;
  const latest = new Date(now.getTime() + longest);
  return asked === null || asked > latest ? latest : asked;
}
