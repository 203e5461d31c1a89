import { builder } from './builder.ts';

export type RecordStatus = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'WAITING' | 'CONFLICT' | 'REJECTED';

export const RecordStatusType = builder.enumType('RecordStatus', {
  description:
    'Recording again may only add: UPDATED; an older copy is UNCHANGED; anything else CONFLICT. WAITING: what it belongs to is not here yet.',
  values: [
    'CREATED',
    'UPDATED',
    'UNCHANGED',
    'WAITING',
    'CONFLICT',
    'REJECTED',
  ] as const satisfies RecordStatus[],
});
