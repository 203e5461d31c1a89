import type { Directive } from 'vue';

/**
 * `v-takes-focus`: where a person begins to type on a page or in a dialog that appears. It takes the focus at once, or in
 * the frame in which a dialog becomes visible, and never from somebody who is at another field already: Vuetify's own
 * `autofocus` focuses 50 ms late, and what is typed until then goes astray. False: somewhere else is the beginning.
 */
export const takesFocus: Directive<HTMLElement, boolean | undefined> = {
  mounted(element, { value = true }) {
    const field = element.matches(FOCUSABLE) ? element : element.querySelector<HTMLElement>(FOCUSABLE);
    if (value && field !== null) take(field, document.activeElement);
  },
};

declare module 'vue' {
  interface GlobalDirectives {
    vTakesFocus: typeof takesFocus;
  }
}

const FOCUSABLE = 'input, textarea, button';

/** A dialog stays invisible for its first frames, and what is invisible takes no focus. */
const FRAMES = 60;

function take(field: HTMLElement, before: Element | null, frames = FRAMES): void {
  if (!field.isConnected || wentElsewhere(field, before)) return;
  field.focus();
  if (document.activeElement !== field && frames > 0)
    requestAnimationFrame(() => take(field, before, frames - 1));
}

/** @param before what had the focus when the field appeared: the button that opened its dialog, say */
function wentElsewhere(field: HTMLElement, before: Element | null): boolean {
  const now = document.activeElement;
  return now !== null && now !== before && !now.contains(field);
}
