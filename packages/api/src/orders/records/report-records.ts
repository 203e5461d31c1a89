import { indexesIn } from '../../profiles/index.ts';
import type { Context } from '../../platform/context.ts';
import type { InputProblem } from '../../platform/errors.ts';
import type { RecordStatus } from '../../platform/graphql/record-status.ts';
import { reportIntake } from '../../platform/intake/index.ts';

interface Recorded {
  kind: 'ORDERS' | 'RETURNS';
  source: string;
  inputs: readonly unknown[];
  /** In the order of the inputs. */
  results: readonly { externalId: string; status: RecordStatus; problems: readonly InputProblem[] }[];
}

/** Tells the exchange monitor of a batch; what was refused stays there to be corrected and replayed. */
export async function reportRecords(tx: Context, { kind, source, inputs, results }: Recorded): Promise<void> {
  await reportIntake(tx, {
    kind,
    source,
    about: (input) => indexesIn(tx, source, input),
    records: results.map(({ externalId, status, problems }, index) => ({
      key: externalId,
      status,
      problems,
      input: inputs[index],
    })),
  });
}
