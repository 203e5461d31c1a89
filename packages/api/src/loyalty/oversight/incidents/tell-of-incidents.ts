import type { Scope } from '@clientele/shared/permissions';
import { notify, type AttentionSource } from '../../../company/index.ts';
import type { EventHandler } from '../../../platform/outbox/handlers.ts';
import type { IncidentKind } from '../../ledger/incident.entity.ts';
import { countIncidents } from './list-incidents.ts';

const LINK = '/loyalty/incidents';

/** Rules are mended by who writes them; what concerns one shopper is settled by who may correct points. */
function whoSettles(kind: IncidentKind): Scope {
  return kind === 'RULE_FAILED' || kind === 'LIMIT_EXCEEDED' || kind === 'CODE_USED_TWICE'
    ? 'loyalty.write'
    : 'points.adjust';
}

/** One notification a kind: the next comes when it was read. */
export const incidentHandler: EventHandler = {
  name: 'tell-of-incident',
  async handle(ctx, { payload }) {
    const kind = payload['kind'] as IncidentKind;
    await notify(
      ctx,
      { scope: whoSettles(kind) },
      { kind: `incident.${kind}`, link: `${LINK}?kind=${kind}`, key: `incident:${kind}` },
    );
  },
};

/** Debts, overdrafts and failed rules somebody should settle. */
export const INCIDENT_ATTENTION: AttentionSource = {
  code: 'incidents.open',
  scope: 'incidents.settle',
  severity: 'WARN',
  link: LINK,
  count: async (ctx) => (await countIncidents(ctx)).reduce((sum, { open }) => sum + open, 0),
};
