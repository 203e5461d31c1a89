const DURATION =
  /^P(?=\d|T\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?=\d)(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,8})S)?)?$/;

/**
 * The moment an ISO 8601 duration (`P15D`, `PT30M`, `P1Y2M`) after another; years and months by the UTC calendar, the
 * last day of a shorter month standing for those it lacks.
 * @returns null for anything else, and for no time at all
 */
export function addDuration(start: Date, duration: string): Date | null {
  const parts = DURATION.exec(duration)?.slice(1);
  if (parts === undefined) return null;
  const [years = 0, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = parts.map(
    (part) => Number(part ?? 0),
  );
  const end = addMonths(start, years * 12 + months);
  const wholeDays = weeks * 7 + days;
  end.setTime(end.getTime() + (((wholeDays * 24 + hours) * 60 + minutes) * 60 + seconds) * 1_000);
  return end.getTime() > start.getTime() ? end : null;
}

function addMonths(start: Date, months: number): Date {
  const end = new Date(start);
  const day = end.getUTCDate();
  end.setUTCMonth(end.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(day, lastDay));
  return end;
}
