import { useI18n } from 'vue-i18n';
import { useFormat } from '../app/use-format.ts';
import { frequencyBand, recencyBand } from './grid.ts';

/** What a score holds, in words: «до 30 дней», «2–3 заказа». */
export function useBandWords() {
  const { t } = useI18n();
  const { number } = useFormat();
  return {
    recency: (bounds: readonly number[], score: number): string => {
      const band = recencyBand(bounds, score);
      if (band === null) return t('rfm.grid.unused');
      const [key, days] = 'most' in band ? ['within', band.most] : ['over', band.over];
      return t(`rfm.grid.${key}`, { n: number(days) }, days);
    },
    frequency: (bounds: readonly number[], score: number): string => {
      const band = frequencyBand(bounds, score);
      if (band === null) return t('rfm.grid.unused');
      const { from, to } = band;
      if (to === null) return t('rfm.grid.ordersFrom', { n: number(from) }, from);
      if (from === to) return t('rfm.grid.orders', { n: number(from) }, from);
      return t('rfm.grid.ordersRange', { from: number(from), n: number(to) }, to);
    },
  };
}
