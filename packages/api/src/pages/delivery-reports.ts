import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { takeReceipt, type ChannelAdapter } from '../messaging/index.ts';
import type { Context } from '../platform/context.ts';

const MAX_REPORT_BYTES = 64 * 1024;

/**
 * `/messages/receipts/<adapter>?token=…`, where gateways report deliveries: by GET or POST, as query, form or JSON.
 * Only adapters with a token of their own have it.
 */
export async function takeDeliveryReports(
  app: FastifyInstance,
  newContext: () => Context,
  channels: readonly ChannelAdapter[],
): Promise<void> {
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    for (const adapter of channels) {
      const { receiptToken } = adapter;
      if (receiptToken === null) continue;
      scope.route({
        method: ['GET', 'POST'],
        url: `/messages/receipts/${adapter.code}`,
        bodyLimit: MAX_REPORT_BYTES,
        handler: async (request, reply) => {
          if (!sameToken(tokenOf(request), receiptToken)) return reply.status(404).send('Not found\n');
          const taken = await takeReceipt(newContext(), adapter, payloadOf(request));
          return reply.status(taken === 'TAKEN' ? 200 : 404).send(`${taken}\n`);
        },
      });
    }
  });
}

function tokenOf(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' ? token : '';
}

function sameToken(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function payloadOf(request: FastifyRequest): Record<string, unknown> {
  const query = request.query as Record<string, unknown>;
  if (typeof request.body !== 'string') return { ...query };
  if (!request.headers['content-type']?.includes('json'))
    return { ...query, ...Object.fromEntries(new URLSearchParams(request.body)) };
  try {
    return { ...query, ...(JSON.parse(request.body) as object) };
  } catch {
    return { ...query };
  }
}
