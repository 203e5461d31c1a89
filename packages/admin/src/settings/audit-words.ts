/** `till.pairing-code-issued` → `till_pairing_code_issued`: as words of actions are named. */
export function actionKey(action: string): string {
  return action.replaceAll(/[.-]/g, '_');
}

/** Actions as a person filters by: each whole one, and before them the group they begin with. */
export function actionGroups(actions: readonly string[]): { group: string; actions: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const action of actions) {
    const [group = action] = action.split('.');
    groups.set(group, [...(groups.get(group) ?? []), action]);
  }
  return [...groups].map(([group, own]) => ({ group, actions: own }));
}

export interface ValueChange {
  field: string;
  before: string;
  after: string;
}

/** What was before and what is after, field by field, as text: nothing of it is ever drawn as anything else. */
export function valueChanges(before: unknown, after: unknown): ValueChange[] {
  const [old, now] = [recordOf(before), recordOf(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].map((field) => ({
    field,
    before: textOf(old[field]),
    after: textOf(now[field]),
  }));
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return '—';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A period of whole days here: from the beginning of the first to the end of the last. */
export function periodOf(from: string, to: string): { from: string | null; to: string | null } {
  const start = from === '' ? null : new Date(`${from}T00:00:00`);
  const last = to === '' ? null : new Date(`${to}T00:00:00`);
  last?.setDate(last.getDate() + 1);
  return { from: instant(start), to: instant(last) };
}

function instant(moment: Date | null): string | null {
  return moment === null || Number.isNaN(moment.getTime()) ? null : moment.toISOString();
}
