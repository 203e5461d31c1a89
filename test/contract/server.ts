import { beforeAll } from 'vitest';
import { useTestApp, type TestApp, type TestAppOptions } from '@clientele/api/src/testing/create-test-app.ts';

export interface RunningServer {
  readonly app: TestApp;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  post(body: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** Codes of the top-level errors, in order. */
  codes: string[];
  data: unknown;
}

interface GraphQLBody {
  data?: unknown;
  errors?: { extensions?: { code?: string } }[];
}

/** An app with a database of its own that really listens: limits of the server itself are only there. */
export function useServer(options: Omit<TestAppOptions, 'databaseUrl'> = {}): RunningServer {
  const running = useTestApp(options);
  let url = '';
  beforeAll(async () => {
    url = await running.app.listen();
  });
  return {
    get app() {
      return running.app;
    },
    get url() {
      return url;
    },
    post: (body, headers = {}) =>
      send(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}

/** What a page the server itself gave out sends with everything. */
export function ownPage(url: string): Record<string, string> {
  return { origin: url, 'x-clientele-csrf': '1' };
}

export async function send(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const parsed = parse(text);
  return {
    status: response.status,
    headers: response.headers,
    text,
    codes: parsed.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code ?? 'NO CODE')),
    data: parsed[0]?.data,
  };
}

function parse(text: string): GraphQLBody[] {
  try {
    const body = JSON.parse(text) as GraphQLBody | GraphQLBody[];
    return Array.isArray(body) ? body : [body];
  } catch {
    return [];
  }
}
