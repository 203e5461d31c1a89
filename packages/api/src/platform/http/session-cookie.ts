import type { IncomingHttpHeaders } from 'node:http';
import { RequestError } from '../errors.ts';

/** The browser keeps the session where no script can read it; the server keeps only its hash. */
export const SESSION_COOKIE = 'clientele_session';

/** A page of another site cannot set it, whatever cookies the browser adds. */
export const CSRF_HEADER = 'x-clientele-csrf';

/** How this answer changes the browser's session. */
export interface SessionCookie {
  set(token: string, maxAgeSeconds: number): void;
  clear(): void;
  /** As the browser calls itself. */
  readonly userAgent: string;
}

export interface RequestFacts {
  method: string;
  headers: IncomingHttpHeaders;
}

/**
 * The session's token, where our own page sent it. A cookie goes along whoever asks, so what changes something must
 * show by header and Origin that a page of ours asks; another site's page that only reads gets nobody's answer.
 * @throws RequestError FORBIDDEN for a change asked for with the cookie by anything but our own page
 */
export function sessionTokenOf({ method, headers }: RequestFacts): string | undefined {
  if (headers.authorization !== undefined) return undefined;
  const token = cookieValue(headers.cookie, SESSION_COOKIE);
  if (token === undefined) return undefined;
  if (method === 'GET' || method === 'HEAD') return isReadElsewhere(headers) ? undefined : token;
  if (isOwnPage(headers)) return token;
  throw new RequestError('FORBIDDEN', `A session works from the product's own pages only (${CSRF_HEADER}).`);
}

/** Of a WebSocket: there is no header of ours, so the Origin must be there and ours. */
export function socketTokenOf(headers: IncomingHttpHeaders): string | undefined {
  return isSameHost(headers.origin, headers.host) ? cookieValue(headers.cookie, SESSION_COOKIE) : undefined;
}

/** Whether our own page asks for a change: by the header no other site can set, and from our own host. */
export function isOwnPage(headers: IncomingHttpHeaders): boolean {
  return headers[CSRF_HEADER] === '1' && isSameHost(headers.origin, headers.host);
}

function isReadElsewhere({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (origin !== undefined && !isSameHost(origin, host)) return true;
  return site === 'cross-site' || site === 'same-site';
}

export function isSameHost(origin: string | undefined, host: string | undefined): boolean {
  return origin !== undefined && URL.canParse(origin) && new URL(origin).host === host;
}

/** The first value of that name: browsers send the most specific path first. */
export function cookieValue(header: string | undefined, name: string): string | undefined {
  for (const part of header?.split(';') ?? []) {
    const at = part.indexOf('=');
    if (at > 0 && part.slice(0, at).trim() === name) return part.slice(at + 1).trim() || undefined;
  }
  return undefined;
}

/** @param secure the browser came by https, to us or to a trusted proxy @param setHeader takes a `set-cookie` */
export function sessionCookie(
  { secure, userAgent = '' }: { secure: boolean; userAgent: string | undefined },
  setHeader: (value: string) => void,
): SessionCookie {
  const rest = `Path=/; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`;
  return {
    set: (token, maxAge) => setHeader(`${SESSION_COOKIE}=${token}; Max-Age=${maxAge}; ${rest}`),
    clear: () => setHeader(`${SESSION_COOKIE}=; Max-Age=0; ${rest}`),
    userAgent,
  };
}
