export const fields = [
  'pairing',
  'pin',
  'phone',
  'code',
  'search',
  'promo',
  'givenName',
  'managerPin',
  'reason',
  'drive',
  'document',
  'sign',
] as const;
export type Field = (typeof fields)[number];
/** A place the cursor may be sent to: a text field, or the points to spend. */
export type FocusTarget = Field | 'spend' | 'primary';
