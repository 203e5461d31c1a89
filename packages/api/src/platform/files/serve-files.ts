import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor, Context } from '../context.ts';
import { RequestError } from '../errors.ts';
import { callerOf, refuseCaller, type Caller } from '../http/server.ts';
import { keepIn, MOST_UPLOAD_BYTES } from './keep-file.ts';
import { findFile } from './read-file.ts';

export interface FilesOptions {
  authenticate(caller: Caller): Promise<Actor>;
  newContext(actor: Actor): Context;
  /** Who took a file is noted by the room above. */
  audit(
    ctx: Context,
    entry: { action: string; subject: string; facts?: Record<string, unknown> },
  ): Promise<void>;
}

const UPLOAD_SCOPE = 'imports.run';
/** A sender that stops sending is cut off. */
const IDLE_MS = 30_000;

/** `GET /files/:id` for what was made for somebody, `POST /uploads` for what somebody brings. */
export async function serveFiles(app: FastifyInstance, options: FilesOptions): Promise<void> {
  app.get('/files/:id', (request, reply) => answered(reply, () => sendFile(request, reply, options)));
  await app.register(async (uploads) => {
    // The body is a stream of anything: it is read by nobody but us, whatever it says it is.
    uploads.removeAllContentTypeParsers();
    uploads.addContentTypeParser('*', (_request, _payload, done) => done(null));
    uploads.post('/uploads', { bodyLimit: MOST_UPLOAD_BYTES }, (request, reply) =>
      answered(reply, () => takeUpload(request, reply, options)),
    );
  });
}

async function answered(reply: FastifyReply, work: () => Promise<FastifyReply>): Promise<FastifyReply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RequestError) return refuseCaller(reply, error);
    throw error;
  }
}

async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  { authenticate, newContext, audit }: FilesOptions,
): Promise<FastifyReply> {
  const actor = await authenticate(callerOf(request));
  if (actor.scopes.size === 0) throw new RequestError('UNAUTHENTICATED', 'Sign in first.');
  const ctx = newContext(actor);
  const { id } = request.params as { id: string };
  const file = await findFile(ctx, id, 'FILES');
  if (file === null)
    return reply.status(404).send({
      errors: [
        {
          message: 'There is no such file, or no longer.',
          extensions: { code: 'NOT_FOUND', errorId: request.id },
        },
      ],
    });
  await audit(ctx, {
    action: 'file.downloaded',
    subject: `file:${file.id}`,
    facts: { name: file.name, bytes: file.bytes },
  });
  return reply
    .header('content-type', file.type)
    .header('content-length', file.bytes)
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`)
    .header('cache-control', 'private, no-store')
    .header('content-security-policy', "sandbox; default-src 'none'")
    .send(createReadStream(file.path));
}

/** Raw bytes with the file's name, percent-encoded, in `x-file-name`: nothing to take apart, nothing in memory. */
async function takeUpload(
  request: FastifyRequest,
  reply: FastifyReply,
  { authenticate, newContext, audit }: FilesOptions,
): Promise<FastifyReply> {
  const actor = await authenticate(callerOf(request));
  if (actor.scopes.size === 0) throw new RequestError('UNAUTHENTICATED', 'Sign in first.');
  if (!actor.scopes.has(UPLOAD_SCOPE))
    throw new RequestError('FORBIDDEN', 'This caller may not bring files.');
  const name = fileNameOf(request);
  const ctx = newContext(actor);
  const stream = Readable.from(untilIdle(request));
  const file = await keepIn(
    ctx,
    'UPLOADS',
    { name, type: 'application/octet-stream', stream, scope: UPLOAD_SCOPE, holdsList: true },
    MOST_UPLOAD_BYTES,
  );
  await audit(ctx, { action: 'file.uploaded', subject: `file:${file.id}`, facts: { bytes: file.bytes } });
  return reply.status(201).send(file);
}

function fileNameOf({ headers }: FastifyRequest): string {
  const header = headers['x-file-name'];
  if (typeof header !== 'string' || header === '')
    throw new RequestError('BAD_REQUEST', 'Send the file’s name, percent-encoded, in x-file-name.');
  try {
    return decodeURIComponent(header);
  } catch {
    throw new RequestError('BAD_REQUEST', 'x-file-name is not percent-encoded UTF-8.');
  }
}

async function* untilIdle({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  const cutOff = (): void => void raw.destroy(new RequestError('BAD_REQUEST', 'The file stopped coming.'));
  const timer = setTimeout(cutOff, IDLE_MS);
  try {
    for await (const chunk of raw as AsyncIterable<Buffer>) {
      timer.refresh();
      yield chunk;
    }
  } finally {
    clearTimeout(timer);
  }
}
