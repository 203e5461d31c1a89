/** HH:MM, `to` exclusive; `to` before `from` goes over midnight. */
export interface Hours {
  readonly from: string;
  readonly to: string;
}

/** Minutes since midnight of HH:MM. @throws RangeError when it is no time of a day */
export function minuteOfDay(time: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  if (match === null) throw new RangeError(`not a time HH:MM: ${time}`);
  return Number(match[1]) * 60 + Number(match[2]);
}

/** Whether the minute of a day is within the hours. */
export function hoursTest({ from, to }: Hours): (minute: number) => boolean {
  const [start, end] = [minuteOfDay(from), minuteOfDay(to)];
  if (start <= end) return (minute) => minute >= start && minute < end;
  return (minute) => minute >= start || minute < end;
}
