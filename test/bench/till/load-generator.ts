/** Sends GraphQL requests to the API and takes the time of each; told over the fork's channel. */
import { Agent, request } from 'node:http';

export interface Load {
  url: string;
  token: string;
  query: string;
  variables: readonly object[];
  /** So many at once, each sends its next as soon as it has its answer. */
  clients?: number;
  /** Or so many a second, whatever comes back; the time runs from when a request was due. */
  rate?: number;
}

export interface LoadResult {
  /** Milliseconds, in no order. */
  latencies: number[];
  seconds: number;
  /** How often which type was answered; `errors` for anything else. */
  answers: Record<string, number>;
  /** The first answer that was an error. */
  error: string | null;
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

process.once('message', (load: Load) => {
  void tell(load);
});

async function tell(load: Load): Promise<void> {
  process.send?.(await run(load));
  process.disconnect();
  agent.destroy();
}

async function run(load: Load): Promise<LoadResult> {
  const bodies = load.variables.map((variables) => JSON.stringify({ query: load.query, variables }));
  const result: LoadResult = { latencies: [], seconds: 0, answers: {}, error: null };
  const took = async (body: string, due: number): Promise<void> => {
    const answer = await send(load, body);
    result.latencies.push(performance.now() - due);
    const type = /"__typename":"(\w+)"/.exec(answer)?.[1];
    const name = type === undefined || answer.includes('"errors"') ? 'errors' : type;
    result.answers[name] = (result.answers[name] ?? 0) + 1;
    if (name === 'errors') result.error ??= answer.slice(0, 500);
  };
  const began = performance.now();
  await (load.rate === undefined ? closed(bodies, load.clients ?? 1, took) : open(bodies, load.rate, took));
  result.seconds = (performance.now() - began) / 1000;
  return result;
}

type Take = (body: string, due: number) => Promise<void>;

async function closed(bodies: readonly string[], clients: number, take: Take): Promise<void> {
  const waiting = bodies.values();
  const client = async (): Promise<void> => {
    for (const body of waiting) await take(body, performance.now());
  };
  await Promise.all(Array.from({ length: clients }, client));
}

async function open(bodies: readonly string[], rate: number, take: Take): Promise<void> {
  const began = performance.now();
  const sent = bodies.map(async (body, index) => {
    const due = began + (index * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    await take(body, due);
  });
  await Promise.all(sent);
}

function send({ url, token }: Load, body: string): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    authorization: `Bearer ${token}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/graphql`, { method: 'POST', agent, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve(text));
      response.once('error', reject);
    });
    sent.once('error', reject);
    sent.end(body);
  });
}
