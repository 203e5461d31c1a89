import { verifyLedger } from '../loyalty/index.ts';
import { openCompany } from './company.ts';
import { say } from './say.ts';

const SHOWN = 50;

/** @returns the exit code: 1 where something does not add up */
export async function verifyCommand(): Promise<number> {
  const company = await openCompany();
  try {
    const violations = await verifyLedger(company.ctx);
    if (violations.length === 0) {
      say('The ledger of points adds up.');
      return 0;
    }
    say(`The ledger of points does not add up: ${violations.length} violations.`);
    for (const { invariant, profileId, facts } of violations.slice(0, SHOWN))
      say(`  ${invariant}: profile ${profileId ?? '–'} ${JSON.stringify(facts)}`);
    return 1;
  } finally {
    await company.close();
  }
}
