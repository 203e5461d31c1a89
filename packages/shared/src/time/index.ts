export { birthdayDistance } from './birthday.ts';
export type { BirthdayDistance } from './birthday.ts';
export { boundsOf, type WindowBounds } from './count-window.ts';
export { activateAt, addDays, endOfDay, expireAt, localDate } from './point-dates.ts';
export { DAY_MS, instantOfLocal, isTimeZone, localTime, weekdayOf } from './zone.ts';
export type { Instant, LocalTime } from './zone.ts';
