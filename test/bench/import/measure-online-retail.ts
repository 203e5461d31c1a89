import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createBrand } from '@clientele/api/src/company/index.ts';
import { importOrders, readMapping, type ImportReport } from '@clientele/api/src/exchange/index.ts';
import { createProgram, verifyLedger } from '@clientele/api/src/loyalty/index.ts';
import type { Context } from '@clientele/api/src/platform/context.ts';
import { presetSettings } from '@clientele/shared/receipt';
import { openCompany } from '../harness/company.ts';
import { say, type Measure } from '../harness/results.ts';
import type { BenchServer } from '../harness/server.ts';
import { checkOnlineRetail, type Expected } from './check-online-retail.ts';

const data = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'data', 'online-retail');
const SOURCE = 'online-retail';

/** A year of a real shop with a program valid all the while: every published figure must come out again. */
export async function measureOnlineRetail(server: BenchServer): Promise<Measure[]> {
  const path = join(data, 'online_retail_half.csv.gz');
  if (!existsSync(path)) {
    say(`Online Retail is left out: there is no ${path}.`);
    return [];
  }
  const url = await server.database('online_retail');
  const { ctx, close } = await openCompany(url);
  try {
    await aBrandWithProgram(ctx);
    const first = await timed(ctx, path);
    const second = await timed(ctx, path);
    const expected = JSON.parse(readFileSync(join(data, 'expected_aggregates.json'), 'utf8')) as Expected;
    const differences = await checkOnlineRetail(url, SOURCE, expected, keptOf(first.report));
    for (const each of differences)
      say(`  ${each.figure}: expected ${JSON.stringify(each.expected)}, found ${JSON.stringify(each.found)}`);
    const changed = second.report.posted?.orders ?? 0;
    return [
      figure('Online Retail, all of it with earning and returns', first.seconds, 's'),
      figure('Online Retail, rows', first.report.rows / first.seconds, '/s'),
      figure('Online Retail again: nothing to store', second.seconds, 's'),
      figure('Online Retail: figures that differ from the published ones', differences.length, ''),
      figure('Online Retail: orders stored by the second import', changed, ''),
      figure('Online Retail: ledger violations', (await verifyLedger(ctx)).length, ''),
    ];
  } finally {
    await close();
  }
}

export async function aBrandWithProgram(ctx: Context): Promise<void> {
  const brandId = await createBrand(ctx, { code: 'retail', name: 'Retail' });
  await createProgram(ctx, {
    brandId,
    name: 'Retail',
    mode: 'LIVE',
    settings: { ...presetSettings, timezone: 'Europe/London' },
    validFrom: new Date('2010-01-01T00:00:00Z'),
  });
}

/** What the report keeps that the stored orders alone cannot tell. */
export function keptOf(report: ImportReport): { rounding: string; setAside: number } {
  return {
    rounding: report.rounding['GBP']?.difference ?? '0',
    setAside: Object.values(report.setAside).reduce((sum, rows) => sum + rows, 0),
  };
}

async function timed(ctx: Context, path: string): Promise<{ seconds: number; report: ImportReport }> {
  const began = performance.now();
  const mapping = readMapping('online-retail', '.');
  const report = await importOrders(ctx, { path, source: SOURCE, mapping });
  return { report, seconds: (performance.now() - began) / 1000 };
}

function figure(name: string, value: number, unit: Measure['unit']): Measure {
  return { target: '', name, value, unit };
}
