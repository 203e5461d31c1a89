import { useI18n } from 'vue-i18n';

/** Months of the books, in words. */
export function useMonths(): { long: (month: string) => string; short: (month: string) => string } {
  const { locale } = useI18n();
  const write =
    (style: 'long' | 'short') =>
    (month: string): string => {
      const [year = '2000', number = '01'] = month.split('-');
      const day = new Date(Date.UTC(Number(year), Number(number) - 1, 1));
      return new Intl.DateTimeFormat(locale.value, {
        month: style,
        year: style === 'long' ? 'numeric' : '2-digit',
        timeZone: 'UTC',
      }).format(day);
    };
  return { long: write('long'), short: write('short') };
}
