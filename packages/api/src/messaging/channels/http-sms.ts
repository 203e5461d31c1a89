import type { ChannelAdapter, DeliveryReceipt, OutgoingMessage, SendOutcome } from './channel.ts';
import type { HttpSmsSettings } from './http-sms-settings.ts';

const PARALLEL = 8;
const MAX_ANSWER_CHARS = 20_000;

/**
 * Any SMS gateway with an HTTP call, described by templates. An answer of 4xx or 5xx is a refusal; a timeout or a broken
 * connection leaves it open whether the message went out.
 */
export function httpSmsChannel(settings: HttpSmsSettings): ChannelAdapter {
  return {
    code: 'http-sms',
    channels: ['SMS'],
    receiptToken: settings.receiptToken,
    send: async (batch) => {
      const outcomes = new Map<string, SendOutcome>();
      for (let start = 0; start < batch.length; start += PARALLEL) {
        const together = batch.slice(start, start + PARALLEL);
        const answers = await Promise.all(together.map((message) => sendOne(settings, message)));
        together.forEach((message, index) => {
          outcomes.set(message.id, answers[index] ?? { result: 'UNCERTAIN', reason: 'no answer' });
        });
      }
      return outcomes;
    },
    receipt: (payload) => readReceipt(settings, payload),
    check: () => checkAddress(settings),
  };
}

async function sendOne(settings: HttpSmsSettings, message: OutgoingMessage): Promise<SendOutcome> {
  const values = { to: message.to, text: message.text, id: message.id };
  const contentType = contentTypeOf(settings);
  const post = settings.method === 'POST' && settings.body !== null;
  try {
    const response = await fetch(fill(settings.url, values, encodeURIComponent), {
      method: settings.method,
      headers: { ...(post ? { 'content-type': contentType } : {}), ...settings.headers },
      body: post ? fill(settings.body ?? '', values, escapeFor(contentType)) : null,
      redirect: 'error',
      signal: AbortSignal.timeout(settings.timeoutMs),
    });
    const answer = (await response.text()).slice(0, MAX_ANSWER_CHARS);
    if (!response.ok) return { result: 'REFUSED', reason: `the gateway answered ${response.status}` };
    return { result: 'ACCEPTED', providerId: textAt(parseJson(answer), settings.idField), delivered: false };
  } catch (error) {
    return unanswered(error);
  }
}

/** A connection that was never made carried nothing. */
function unanswered(error: unknown): SendOutcome {
  const code = causeCode(error);
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return { result: 'REFUSED', reason: `the gateway cannot be reached: ${code}` };
  const timedOut = error instanceof Error && error.name === 'TimeoutError';
  return {
    result: 'UNCERTAIN',
    reason: timedOut ? 'the gateway did not answer in time' : `the connection broke: ${code ?? 'no reason'}`,
  };
}

function causeCode(error: unknown): string | undefined {
  const cause = error instanceof Error ? (error.cause as NodeJS.ErrnoException | undefined) : undefined;
  return cause?.code;
}

function contentTypeOf({ headers, body }: HttpSmsSettings): string {
  const named = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return (
    named ?? (body?.trimStart().startsWith('{') ? 'application/json' : 'application/x-www-form-urlencoded')
  );
}

function escapeFor(contentType: string): (value: string) => string {
  return contentType.includes('json') ? (value) => JSON.stringify(value).slice(1, -1) : encodeURIComponent;
}

function fill(
  template: string,
  values: Record<'to' | 'text' | 'id', string>,
  escape: (v: string) => string,
): string {
  return template.replaceAll(/\{(to|text|id)\}/g, (_whole, name: 'to' | 'text' | 'id') =>
    escape(values[name]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

/** The text or number at a dotted path, own properties only. */
function textAt(value: unknown, path: string): string | null {
  if (path === '') return null;
  let current: unknown = value;
  for (const step of path.split('.')) {
    if (current === null || typeof current !== 'object' || !Object.hasOwn(current, step)) return null;
    current = (current as Record<string, unknown>)[step];
  }
  return typeof current === 'string' || typeof current === 'number' ? String(current) : null;
}

function readReceipt({ receipt }: HttpSmsSettings, payload: unknown): DeliveryReceipt | null {
  const messageId = textAt(payload, receipt.messageIdField);
  const providerId = textAt(payload, receipt.providerIdField);
  const status = textAt(payload, receipt.statusField)?.toLowerCase();
  if ((messageId === null && providerId === null) || status === undefined) return null;
  if (receipt.delivered.includes(status)) return { messageId, providerId, state: 'DELIVERED' };
  if (receipt.failed.includes(status)) return { messageId, providerId, state: 'FAILED' };
  return { messageId, providerId, state: 'SENT' };
}

async function checkAddress({ url, timeoutMs }: HttpSmsSettings): Promise<{ ok: boolean; detail: string }> {
  const { origin } = new URL(url);
  try {
    await fetch(origin, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });
    return { ok: true, detail: `${origin} answers` };
  } catch (error) {
    return { ok: false, detail: `${origin} cannot be reached: ${causeCode(error) ?? 'no answer in time'}` };
  }
}
