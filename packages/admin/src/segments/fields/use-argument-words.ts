import type { LeafCode } from '@clientele/shared/segments';
import { useI18n } from 'vue-i18n';
import type { Choice } from '../choices.ts';

/** What the arguments of a leaf are called: its own words where there are some, else those all leaves share. */
export function useArgumentWords(leaf: () => LeafCode): {
  label: (name: string) => string;
  hint: (name: string) => string | undefined;
  options: (name: string, values: readonly string[]) => Choice[];
} {
  const { t, te } = useI18n();
  return {
    label: (name) => {
      const own = `segments.args.${leaf()}.${name}`;
      return te(own) ? t(own) : t(`segments.args.any.${name}`);
    },
    hint: (name) => {
      const own = `segments.hints.${leaf()}.${name}`;
      return te(own) ? t(own) : undefined;
    },
    options: (name, values) =>
      values.map((value) => {
        const own = `segments.options.${leaf()}.${name}.${value}`;
        return { value, title: te(own) ? t(own) : t(`segments.options.${name}.${value}`) };
      }),
  };
}
