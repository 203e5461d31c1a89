import { useI18n } from 'vue-i18n';

/** Words for a pause after too many tries; null where there is none. */
export function useRefusedUntil(): (retryAt: unknown) => string | null {
  const { t, locale } = useI18n();
  return (retryAt) => {
    if (typeof retryAt !== 'string') return null;
    const time = new Intl.DateTimeFormat(locale.value, {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    return t('signIn.wait', { time: time.format(new Date(retryAt)) });
  };
}
