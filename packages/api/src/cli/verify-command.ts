import type { Context } from '../platform/context.ts';
import { verifyLedger } from '../loyalty/index.ts';
import { refreshAll, verifySegments } from '../segments/index.ts';
import { openCompany } from './company.ts';
import { say } from './say.ts';

const SHOWN = 50;
const UNSEEN = { report: () => undefined, signal: new AbortController().signal };

/** @returns the exit code: 1 where something does not add up */
export async function verifyCommand(args: readonly string[]): Promise<number> {
  const company = await openCompany();
  try {
    if (args.includes('--mend-segments')) {
      const changed = await refreshAll(company.ctx, UNSEEN);
      say(`Everybody was looked at anew: ${changed} people were in other segments than they should be.`);
    }
    const ledger = await ledgerAddsUp(company.ctx);
    const segments = await segmentsHold(company.ctx);
    return ledger && segments ? 0 : 1;
  } finally {
    await company.close();
  }
}

async function ledgerAddsUp(ctx: Context): Promise<boolean> {
  const violations = await verifyLedger(ctx);
  if (violations.length === 0) {
    say('The ledger of points adds up.');
    return true;
  }
  say(`The ledger of points does not add up: ${violations.length} violations.`);
  for (const { invariant, profileId, facts } of violations.slice(0, SHOWN))
    say(`  ${invariant}: profile ${profileId ?? '–'} ${JSON.stringify(facts)}`);
  return false;
}

async function segmentsHold(ctx: Context): Promise<boolean> {
  const { people, differences } = await verifySegments(ctx, UNSEEN);
  if (differences.length === 0) {
    say(`Members of segments are those their conditions mean: ${people} people looked at.`);
    return true;
  }
  say(`Members of segments are not those their conditions mean: ${differences.length} differences.`);
  for (const { segmentId, profileId, stored, computed } of differences.slice(0, SHOWN))
    say(`  segment ${segmentId}: profile ${profileId ?? '– (size)'} stored ${stored}, computed ${computed}`);
  return false;
}
