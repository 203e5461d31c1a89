import { createVuetify, type ThemeDefinition } from 'vuetify';
import { aliases, mdi } from 'vuetify/iconsets/mdi-svg';
import { en, ru } from 'vuetify/locale';
import { startingLanguage } from './language.ts';
import { tokens, type Tokens } from './tokens.ts';

/** Vuetify's names for our colours; everything is ours, nothing of its palette is left. */
function theme(dark: boolean, look: Tokens): ThemeDefinition {
  const colour = (name: string): string => look[`--${name}`] ?? '#ff00ff';
  return {
    dark,
    colors: {
      background: colour('bg'),
      surface: colour('surface'),
      'surface-bright': colour('surface'),
      'surface-light': colour('raised'),
      'surface-variant': colour('ink'),
      'on-surface-variant': colour('surface'),
      primary: colour('accent'),
      'on-primary': colour('on-accent'),
      secondary: colour('ink-2'),
      'on-secondary': colour('surface'),
      error: colour('bad'),
      'on-error': colour('surface'),
      success: colour('ok'),
      'on-success': colour('surface'),
      warning: colour('warn'),
      'on-warning': colour('surface'),
      info: colour('accent'),
      'on-info': colour('on-accent'),
      points: colour('points'),
      'on-points': colour('surface'),
      'on-background': colour('ink'),
      'on-surface': colour('ink'),
      'on-surface-bright': colour('ink'),
      'on-surface-light': colour('ink'),
    },
    variables: {
      'border-color': colour('edge'),
      'border-opacity': 0.35,
      'high-emphasis-opacity': 1,
      'medium-emphasis-opacity': 0.82,
      'disabled-opacity': 0.6,
      'hover-opacity': 0.06,
      'focus-opacity': 0.1,
      'activated-opacity': 0.1,
      'selected-opacity': 0.1,
    },
  };
}

const FIELD = { variant: 'outlined', density: 'compact', hideDetails: 'auto', color: 'primary' } as const;

export const vuetify = createVuetify({
  icons: { defaultSet: 'mdi', aliases, sets: { mdi } },
  locale: { locale: startingLanguage(), fallback: 'en', messages: { ru, en } },
  theme: {
    defaultTheme: 'light',
    themes: { light: theme(false, tokens.light), dark: theme(true, tokens.dark) },
  },
  defaults: {
    global: { ripple: false, elevation: 0 },
    VBtn: { variant: 'outlined', height: 38 },
    VCard: { variant: 'flat', border: true, rounded: 'lg' },
    VTextField: FIELD,
    VTextarea: FIELD,
    VSelect: { ...FIELD, menuProps: { maxHeight: 420 } },
    VAutocomplete: FIELD,
    VCombobox: FIELD,
    VNumberInput: { ...FIELD, controlVariant: 'stacked' },
    VFileInput: FIELD,
    VCheckbox: { density: 'compact', hideDetails: 'auto', color: 'primary' },
    VRadioGroup: { density: 'compact', hideDetails: 'auto', color: 'primary' },
    VSwitch: { density: 'compact', hideDetails: 'auto', color: 'primary', inset: true },
    VTabs: { color: 'primary', density: 'comfortable' },
    VMenu: { offset: 4 },
    VTooltip: { location: 'bottom', openDelay: 400 },
    VList: { density: 'compact' },
    VDialog: { maxWidth: 560 },
  },
});
