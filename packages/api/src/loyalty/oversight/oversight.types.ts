import { builder } from '../../platform/graphql/builder.ts';
import { CORRECTION_REASONS } from './corrections/correction.entity.ts';
import type { IncidentRecord } from './incidents/list-incidents.ts';

/** Types of this sub-room that others name and extend; their fields stand in `*.graphql.ts`. */

/** Its order is a field of the orders' room. */
export const IncidentType = builder.objectRef<IncidentRecord>('Incident');

export const CorrectionReasonType = builder.enumType('CorrectionReason', { values: CORRECTION_REASONS });
