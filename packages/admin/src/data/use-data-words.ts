import { useI18n } from 'vue-i18n';
import type { Rejected } from './operations/rejected.ts';
import { placeOf } from './problem-place.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Sentences of this area that are put together of parts. */
export function useDataWords() {
  const { t, te, locale } = useI18n();

  /** «строка № 1 · количество: Вне допустимых границ» */
  function problem({ path, code, message }: Rejected['problems'][number]): string {
    const place = placeOf(path)
      .map((part) => {
        if ('position' in part) return t('data.rejected.position', { n: part.position });
        return te(`data.fields.${part.field}`) ? t(`data.fields.${part.field}`) : part.field;
      })
      .join(' · ');
    const reason = te(`problems.${code}`) ? t(`problems.${code}`) : message;
    return place === '' ? reason : `${place}: ${reason}`;
  }

  function failure(code: string): string {
    const status = /^HTTP_(\d+)$/.exec(code)?.[1];
    if (status !== undefined) return t('data.failures.STATUS', { status });
    return te(`data.failures.${code}`) ? t(`data.failures.${code}`) : t('data.failures.unknown', { code });
  }
  /** «30 мин», «1 ч», «2 дн.» */
  function every(minutes: number): string {
    const [value, unit] =
      minutes % DAY === 0
        ? [minutes / DAY, 'day']
        : minutes % HOUR === 0
          ? [minutes / HOUR, 'hour']
          : [minutes, 'minute'];
    return new Intl.NumberFormat(locale.value, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
  }
  return { problem, failure, every };
}
