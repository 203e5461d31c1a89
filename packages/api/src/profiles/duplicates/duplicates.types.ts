import { builder } from '../../platform/graphql/builder.ts';
import { FIELD_KINDS, LEVELS } from './matching/match-record.ts';
import type { Evidence } from './matching/match-model.ts';

const EvidenceKind = builder.enumType('EvidenceKind', { values: FIELD_KINDS });
const EvidenceLevel = builder.enumType('EvidenceLevel', { values: LEVELS });

/** Why two profiles may be one person; the value itself is never told. */
export const EvidenceType = builder.objectRef<Evidence>('Evidence').implement({
  fields: (t) => ({
    kind: t.expose('kind', { type: EvidenceKind }),
    level: t.expose('level', { type: EvidenceLevel }),
    swapped: t.exposeBoolean('swapped', {
      description: 'Given and family name stand in each other’s place.',
    }),
    weight: t.exposeFloat('weight', { description: 'Positive speaks for one person, negative against.' }),
  }),
});
