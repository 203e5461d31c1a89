import * as z from 'zod';

/** How a gateway is called; `{to}`, `{text}` and `{id}` stand for the message's own. */
export interface HttpSmsSettings {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Of a POST: form or JSON by its content type; values are escaped accordingly. */
  readonly body: string | null;
  /** Where the gateway's number stands in its JSON answer: `result.id`; empty: it gives none. */
  readonly idField: string;
  /** Fields of a delivery report: ours or the gateway's number, and the status. */
  readonly receipt: {
    readonly messageIdField: string;
    readonly providerIdField: string;
    readonly statusField: string;
    readonly delivered: readonly string[];
    readonly failed: readonly string[];
  };
  /** The gateway shows it with each delivery report. */
  readonly receiptToken: string | null;
  readonly timeoutMs: number;
}

const Environment = z.object({
  SMS_HTTP_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMS_HTTP_METHOD: z.enum(['GET', 'POST']).default('POST'),
  SMS_HTTP_HEADERS: z
    .string()
    .default('{}')
    .transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text))),
  SMS_HTTP_BODY: z.string().optional(),
  SMS_HTTP_ID_FIELD: z.string().default('id'),
  SMS_HTTP_RECEIPT_MESSAGE_ID: z.string().default('reference'),
  SMS_HTTP_RECEIPT_PROVIDER_ID: z.string().default('id'),
  SMS_HTTP_RECEIPT_STATUS: z.string().default('status'),
  SMS_HTTP_RECEIPT_DELIVERED: z.string().default('delivered'),
  SMS_HTTP_RECEIPT_FAILED: z.string().default('failed,undelivered,expired,rejected'),
  SMS_HTTP_RECEIPT_TOKEN: z.string().min(16).optional(),
});

/** A till waits while a code is on its way: no provider may take longer. */
export const PROVIDER_TIMEOUT_MS = 3_000;

/** @returns null where no gateway is named. @throws when what is named cannot be used */
export function httpSmsSettings(environment: Record<string, string | undefined>): HttpSmsSettings | null {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const env = Environment.parse(given);
  if (env.SMS_HTTP_URL === undefined) return null;
  return {
    url: env.SMS_HTTP_URL,
    method: env.SMS_HTTP_METHOD,
    headers: env.SMS_HTTP_HEADERS,
    body: env.SMS_HTTP_BODY ?? null,
    idField: env.SMS_HTTP_ID_FIELD,
    receipt: {
      messageIdField: env.SMS_HTTP_RECEIPT_MESSAGE_ID,
      providerIdField: env.SMS_HTTP_RECEIPT_PROVIDER_ID,
      statusField: env.SMS_HTTP_RECEIPT_STATUS,
      delivered: words(env.SMS_HTTP_RECEIPT_DELIVERED),
      failed: words(env.SMS_HTTP_RECEIPT_FAILED),
    },
    receiptToken: env.SMS_HTTP_RECEIPT_TOKEN ?? null,
    timeoutMs: PROVIDER_TIMEOUT_MS,
  };
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter(Boolean);
}
