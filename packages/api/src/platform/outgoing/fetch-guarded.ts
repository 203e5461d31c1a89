import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AllowedNetworks, isPublicAddress } from './private-address.ts';

/** Why nothing was fetched; `code` tells what a person can do about it. */
export class FetchRefused extends Error {
  readonly code: 'ADDRESS' | 'NOT_ALLOWED' | 'UNREACHABLE' | 'TIMEOUT' | 'STATUS' | 'REDIRECTS';
  readonly status: number | null;

  constructor(code: FetchRefused['code'], message: string, status: number | null = null) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export interface GuardedFetch {
  url: string;
  headers?: Readonly<Record<string, string>>;
  allowed: AllowedNetworks;
  /** Until the answer begins. */
  timeoutMs?: number;
  signal?: AbortSignal;
  /** How names become addresses; the machine's way where absent. */
  resolve?: typeof resolveName;
}

const MOST_REDIRECTS = 3;
const TIMEOUT_MS = 30_000;

/**
 * Asks an address somebody typed: only https (http in networks that are allowed), never this machine, its neighbours or
 * a cloud's metadata, by whatever spelling, name or redirect. The address is judged where the connection is made, so a
 * name that answers differently the second time gains nothing.
 * @returns the answer, 200 or 304, its body not read yet
 * @throws FetchRefused
 */
export async function fetchGuarded(input: GuardedFetch): Promise<IncomingMessage> {
  let url = checkedUrl(input.url);
  for (let hops = 0; hops <= MOST_REDIRECTS; hops += 1) {
    const answer = await ask(url, input);
    const { statusCode = 0, headers } = answer;
    if (statusCode === 200 || statusCode === 304) return answer;
    answer.destroy();
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined)
      throw new FetchRefused('STATUS', `The server answered ${statusCode}.`, statusCode);
    url = checkedUrl(URL.canParse(headers.location, url) ? new URL(headers.location, url).href : '');
  }
  throw new FetchRefused('REDIRECTS', `The server redirects more than ${MOST_REDIRECTS} times.`);
}

/** Form alone: whether an address may be asked is known when it is. @throws FetchRefused ADDRESS */
export function checkedUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:'))
    throw new FetchRefused('ADDRESS', 'Write an address that begins with https://.');
  if (url.username !== '' || url.password !== '')
    throw new FetchRefused('ADDRESS', 'Passwords do not belong into an address: everybody can read it.');
  return url;
}

function ask(url: URL, input: GuardedFetch): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const judge = (addresses: readonly LookupAddress[]): FetchRefused | null =>
    judgeAddresses(addresses, url, input.allowed);
  // A literal address is connected to without asking for its name.
  const refused = isIP(host) === 0 ? null : judge([{ address: host, family: isIP(host) }]);
  if (refused !== null) return Promise.reject(refused);
  const options: RequestOptions = {
    method: 'GET',
    headers: { 'user-agent': 'Clientele', accept: '*/*', ...input.headers },
    lookup: guardedLookup(judge, input.resolve ?? resolveName),
    agent: false,
    ...(input.signal ? { signal: input.signal } : {}),
  };
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options);
  const timeout = setTimeout(
    () => request.destroy(new FetchRefused('TIMEOUT', 'The server did not answer in time.')),
    input.timeoutMs ?? TIMEOUT_MS,
  );
  request.on('response', (answer) => {
    clearTimeout(timeout);
    resolve(answer);
  });
  request.on('error', (error) => {
    clearTimeout(timeout);
    reject(
      error instanceof FetchRefused
        ? error
        : new FetchRefused('UNREACHABLE', 'The server cannot be reached.'),
    );
  });
  request.end();
  return promise;
}

/** Every address of a name must be one that may be asked: the one that is connected to is one of them. */
function guardedLookup(
  judge: (addresses: readonly LookupAddress[]) => FetchRefused | null,
  resolve: typeof resolveName,
): LookupFunction {
  return (hostname, options, done) => {
    resolve(hostname, { family: options.family, hints: options.hints, all: true }, (error, addresses) => {
      const refused = error ?? judge(addresses);
      if (refused !== null) return done(refused, '', 0);
      if (options.all) return (done as unknown as AllDone)(null, addresses);
      const [first] = addresses;
      return done(null, first?.address ?? '', first?.family ?? 4);
    });
  };
}

type AllDone = (error: Error | null, addresses: readonly LookupAddress[]) => void;

function judgeAddresses(
  addresses: readonly LookupAddress[],
  url: URL,
  allowed: AllowedNetworks,
): FetchRefused | null {
  for (const { address } of addresses) {
    const trusted = allowed.has(address);
    if (!trusted && !isPublicAddress(address))
      return new FetchRefused(
        'NOT_ALLOWED',
        'This address is inside a private network, which is not allowed.',
      );
    if (!trusted && url.protocol !== 'https:')
      return new FetchRefused('NOT_ALLOWED', 'Only https is allowed outside the own network.');
  }
  return addresses.length === 0 ? new FetchRefused('UNREACHABLE', 'The name has no address.') : null;
}
