import { createHash } from 'node:crypto';
import { Transform } from 'node:stream';
import type { Context } from '../../platform/context.ts';
import { RequestError } from '../../platform/errors.ts';
import { keepUpload, MOST_UPLOAD_BYTES } from '../../platform/files/index.ts';
import { fetchGuarded, FetchRefused } from '../../platform/outgoing/fetch-guarded.ts';
import { AllowedNetworks } from '../../platform/outgoing/private-address.ts';
import { PullFailed } from './schedule.ts';

export interface FetchedFile {
  uploadId: string;
  name: string;
  path: string;
  fingerprint: string;
}

/** However large, it has to come in this time. */
const WHOLE_MS = 15 * 60_000;

/**
 * Fetches what an address has, unless it is what was taken last.
 * @param known fingerprint of the last one; null: none
 * @returns null: nothing new
 * @throws PullFailed
 */
export async function fetchFile(
  ctx: Context,
  { url, known, allowedNetworks }: { url: string; known: string | null; allowedNetworks: readonly string[] },
  signal: AbortSignal,
): Promise<FetchedFile | null> {
  try {
    const whole = AbortSignal.any([signal, AbortSignal.timeout(WHOLE_MS)]);
    const answer = await fetchGuarded({
      url,
      headers: known?.startsWith('etag:') ? { 'if-none-match': known.slice('etag:'.length) } : {},
      allowed: new AllowedNetworks(allowedNetworks),
      signal: whole,
    });
    if (answer.statusCode === 304) {
      answer.resume();
      return null;
    }
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    answer.on('error', (error) => hashing.destroy(error));
    const name = nameOf(url);
    const kept = await keepUpload(ctx, { name, stream: answer.pipe(hashing) });
    const etag = answer.headers.etag;
    const content = `sha256:${hash.digest('base64url')}`;
    return {
      uploadId: kept.id,
      name,
      path: kept.path,
      fingerprint: etag === undefined ? content : `etag:${etag}`,
    };
  } catch (error) {
    throw failure(error, signal);
  }
}

function failure(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return signal.reason;
  if (error instanceof FetchRefused)
    return new PullFailed(error.status === null ? error.code : `HTTP_${error.status}`, error.message);
  if (error instanceof RequestError && error.code === 'BAD_REQUEST')
    return new PullFailed('TOO_LARGE', `The file has more than ${MOST_UPLOAD_BYTES / 1_000_000} MB.`);
  if (error instanceof RequestError) return error;
  return new PullFailed('UNREACHABLE', 'The file did not arrive whole.');
}

function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last) || 'file';
  } catch {
    return last;
  }
}
