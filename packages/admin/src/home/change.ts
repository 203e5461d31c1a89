/** How a figure stands against another: a direction and by which share; null where there was nothing to compare with. */
export interface Change {
  direction: 'MORE' | 'LESS' | 'SAME';
  share: number | null;
}

/** Less than half a percent is the same. */
const NOTHING = 0.005;

export function changeOf(now: number, before: number): Change {
  if (before === 0) return { direction: now > 0 ? 'MORE' : 'SAME', share: null };
  const share = (now - before) / before;
  if (Math.abs(share) < NOTHING) return { direction: 'SAME', share: 0 };
  return { direction: share > 0 ? 'MORE' : 'LESS', share: Math.abs(share) };
}

/** null: of nothing there is no share. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
