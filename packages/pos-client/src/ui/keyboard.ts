import type { FocusTarget, TillEvent, TillState } from '../till-flow/index.ts';
import { addKey, scanAt } from './wedge.ts';
import type { Burst, WedgePlace } from './wedge.ts';

const TILL_KEYS = ['F1', 'F2', 'F3', 'F4', 'F6', 'F7', 'F8', 'F9', 'F10'] as const;
type TillKey = (typeof TILL_KEYS)[number];

export interface KeyboardParts {
  state: () => TillState;
  dispatch: (event: TillEvent) => void;
  /** The element the cursor is in. */
  active: () => Element | null;
}

interface Before {
  text: TillState['text'];
  spend: number;
}

/**
 * Listens to the whole page: Enter is the next step, Esc one step back, F keys, arrows over the lines, and a
 * wedge scanner from any field. What the scanner has typed into the field is taken out again.
 */
export function createKeyboard(parts: KeyboardParts): (event: KeyboardEvent) => void {
  let burst: Burst | null = null;
  let before: Before | null = null;

  function takeOut(was: Before): void {
    const field = parts.active()?.getAttribute('data-field') as FocusTarget | null;
    if (field === 'spend') parts.dispatch({ type: 'spendSet', points: was.spend });
    else if (field !== null && field !== 'primary') {
      parts.dispatch({ type: 'typed', field, text: was.text[field] });
    }
  }

  function isScan(event: KeyboardEvent): boolean {
    if (event.key !== 'Enter' && event.key !== 'Tab') {
      const key = { code: event.code, shift: event.shiftKey, at: event.timeStamp };
      const longer = addKey(burst, key);
      if (longer !== null && longer.text.length === 1) {
        const { text, sale } = parts.state();
        before = { text, spend: sale.spend };
      }
      burst = longer;
      return false;
    }
    const scanned = scanAt(burst, event.timeStamp, placeOf(parts.active()));
    burst = null;
    if (scanned === null || before === null) return false;
    event.preventDefault();
    takeOut(before);
    parts.dispatch({ type: 'scanned', code: scanned });
    return true;
  }

  return (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isScan(event)) return;
    const command = commandOf(event, parts);
    if (command === null) return;
    event.preventDefault();
    if (!event.repeat || command.type === 'lineMoved' || command.type === 'quantitySet') {
      parts.dispatch(command);
    }
  };
}

function placeOf(active: Element | null): WedgePlace {
  return (active?.getAttribute('data-wedge') as WedgePlace | null) ?? 'nowhere';
}

function commandOf(event: KeyboardEvent, parts: KeyboardParts): TillEvent | null {
  if (event.key === 'Escape') return { type: 'escape' };
  const named = TILL_KEYS.find((key): key is TillKey => key === event.key);
  if (named !== undefined) return { type: 'key', key: named };
  if (event.key === 'Delete' && parts.state().stage === 'result') return { type: 'undoWanted' };
  const active = parts.active();
  if (event.key === 'Enter') return enterCommand(active);
  return lineCommand(event.key, active, parts.state());
}

/** In the quantity box Enter takes the number, everywhere else it is the next step. */
function enterCommand(active: Element | null): TillEvent {
  if (active instanceof HTMLElement && active.dataset['test'] === 'quantity') {
    active.blur();
    return { type: 'key', key: 'F9' };
  }
  return { type: 'primary' };
}

function lineCommand(key: string, active: Element | null, state: TillState): TillEvent | null {
  const line = state.sale.lines.find((one) => one.key === state.sale.selected);
  if (!isFree(active) || line === undefined || state.dialog !== null || state.sessionOver) return null;
  switch (key) {
    case 'ArrowDown':
      return { type: 'lineMoved', by: 1 };
    case 'ArrowUp':
      return { type: 'lineMoved', by: -1 };
    case '+':
      return { type: 'quantitySet', key: line.key, milli: line.milli + 1000 };
    case '-':
      return { type: 'quantitySet', key: line.key, milli: Math.max(0, line.milli - 1000) };
    case 'Delete':
      return { type: 'lineVoided', key: line.key };
    default:
      return null;
  }
}

/** Not in the middle of typing: no field, or the empty search. */
function isFree(active: Element | null): boolean {
  if (!(active instanceof HTMLInputElement)) return !(active instanceof HTMLSelectElement);
  return active.dataset['field'] === 'search' && active.value === '';
}
