import { DAY_MS } from './zone.ts';

/** Whole days to the next birthday and from the last one; both 0 on the day itself. */
export interface BirthdayDistance {
  readonly untilNext: number;
  readonly sinceLast: number;
}

/**
 * How far a day is from the birthdays around it. Who was born on 29 February has it on the 28th in other years.
 * @param birthDate YYYY-MM-DD
 * @param date YYYY-MM-DD
 */
export function birthdayDistance(birthDate: string, date: string): BirthdayDistance {
  const year = Number(date.slice(0, 4));
  const today = dayNumber(date);
  const days = [year - 1, year, year + 1].map((each) => birthdayIn(each, birthDate));
  return {
    untilNext: Math.min(...days.map((day) => day - today).filter((distance) => distance >= 0)),
    sinceLast: Math.min(...days.map((day) => today - day).filter((distance) => distance >= 0)),
  };
}

function birthdayIn(year: number, birthDate: string): number {
  const monthDay = birthDate.slice(5);
  const leap = new Date(Date.UTC(year, 1, 29)).getUTCMonth() === 1;
  return dayNumber(`${String(year).padStart(4, '0')}-${monthDay === '02-29' && !leap ? '02-28' : monthDay}`);
}

function dayNumber(date: string): number {
  return Math.round(Date.parse(`${date}T00:00:00Z`) / DAY_MS);
}
