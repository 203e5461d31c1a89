/** Stands in for pgbench where it is not installed: connections that do nothing but call one prepared statement. */
import { Client } from 'pg';

interface Job {
  url: string;
  statement: string;
  first: number;
  each: number;
  clients: number;
}

process.once('message', (job: Job) => {
  void tell(job);
});

async function tell(job: Job): Promise<void> {
  process.send?.(await run(job));
  process.disconnect();
}

async function run({ url, statement, first, each, clients }: Job): Promise<number> {
  const open = await Promise.all(
    Array.from({ length: clients }, async () => {
      const client = new Client({ connectionString: url, options: '-c role=clientele_app -c jit=off' });
      await client.connect();
      return client;
    }),
  );
  const began = performance.now();
  await Promise.all(
    open.map(async (client, index) => {
      for (let n = 0; n < each; n += 1)
        await client.query({ name: 'commit', text: statement, values: [first + index * each + n] });
    }),
  );
  const rate = (clients * each * 1000) / (performance.now() - began);
  await Promise.all(open.map((client) => client.end()));
  return rate;
}
