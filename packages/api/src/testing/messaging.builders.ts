import type { AddressInfo } from 'node:net';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { ChannelAdapter, OutgoingMessage, SendOutcome } from '../messaging/channels/channel.ts';
import { NOBODY } from '../messaging/message.ts';
import { sendDueMessages } from '../messaging/send-due-messages.ts';
import { queueSignInCode } from '../messaging/send-sign-in-code.ts';
import type { Context } from '../platform/context.ts';
import { newId } from '../platform/ids.ts';
import type { DeliveredEvent } from '../platform/outbox/handlers.ts';

/** A challenge that waits for its code, and the event that asks for the code to be sent. */
export async function aCodeRequest(
  ctx: Context,
  request: { code?: string; to?: string; language?: string } = {},
): Promise<{ challengeId: string; event: DeliveredEvent }> {
  const { code = '042371', to = '+79991234567', language = 'ru' } = request;
  const challengeId = newId();
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + 300_000);
  await ctx.sql
    .insertInto('sign_in_challenge')
    .values({
      id: challengeId,
      client: 'till:test',
      purpose: 'shopper',
      kind: 'ENROLMENT',
      phone_index: ctx.vault.index('test', to),
      phone_sealed: ctx.vault.seal(to),
      masked_phone: to.slice(0, 2),
      code_mac: 'test',
      channel: 'SMS',
      other_channels: [],
      delivery: 'SENDING',
      attempts_left: 5,
      created_at: now,
      expires_at: expiresAt,
      resend_at: new Date(now.getTime() + 60_000),
    })
    .execute();
  const payload = {
    challengeId,
    channel: 'SMS',
    sealedTo: ctx.vault.seal(to),
    sealedCode: ctx.vault.seal(code),
    language,
    expiresAt: expiresAt.toISOString(),
  };
  return {
    challengeId,
    event: { id: newId(), kind: 'sign-in-code.requested', profileId: NOBODY, payload, occurredAt: now },
  };
}

/** A code that has left by the first of these ways. @returns the challenge that waited for it */
export async function aSentCode(
  ctx: Context,
  channels: readonly ChannelAdapter[],
  request: Parameters<typeof aCodeRequest>[1] = {},
): Promise<string> {
  const { challengeId, event } = await aCodeRequest(ctx, request);
  await queueSignInCode(ctx, event);
  await sendDueMessages(ctx, channels);
  return challengeId;
}

/** What a till would be told about its challenge's code. */
export async function deliveryOf(ctx: Context, challengeId: string): Promise<string> {
  const row = await ctx.sql
    .selectFrom('sign_in_challenge')
    .select('delivery')
    .where('id', '=', challengeId)
    .executeTakeFirstOrThrow();
  return row.delivery;
}

/** The edge of the product: a way out that answers as it is told, and remembers what it was given. */
export function aChannel(
  answer: (message: OutgoingMessage) => SendOutcome | Promise<SendOutcome>,
  code = 'test',
): ChannelAdapter & { readonly sent: OutgoingMessage[] } {
  const sent: OutgoingMessage[] = [];
  return {
    code,
    channels: ['SMS'],
    receiptToken: null,
    sent,
    send: async (batch) => {
      sent.push(...batch);
      return new Map(
        await Promise.all(batch.map(async (message) => [message.id, await answer(message)] as const)),
      );
    },
    receipt: (payload) => payload as ReturnType<ChannelAdapter['receipt']>,
    check: () => Promise.resolve({ ok: true, detail: code }),
  };
}

export interface Gateway {
  readonly url: string;
  readonly calls: { method: string; path: string; headers: IncomingMessage['headers']; body: string }[];
  close(): Promise<void>;
}

/** A real HTTP server on the loopback that plays the SMS gateway. */
export async function aGateway(
  answer: (response: ServerResponse, call: Gateway['calls'][number]) => void,
): Promise<Gateway> {
  const calls: Gateway['calls'] = [];
  const server: Server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const call = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
      calls.push(call);
      answer(response, call);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
