import * as z from 'zod';

/** How letters leave: a mail server, and whom they are from. */
export interface SmtpSettings {
  /** `smtps://user:password@host:465`, or `smtp://…:587` (STARTTLS where the server has it; `?requireTLS=true` insists). */
  readonly url: string;
  /** `Clientele <clientele@example.com>` */
  readonly from: string;
  readonly timeoutMs: number;
}

const Environment = z.object({
  SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
  MAIL_FROM: z
    .string()
    .regex(
      /^[^\r\n<>]*(<[^@\s<>]+@[^@\s<>]+>|[^@\s<>]+@[^@\s<>]+)$/,
      'is an address: Clientele <clientele@example.com>',
    )
    .optional(),
});

const TIMEOUT_MS = 10_000;

/** @returns null where no mail server is named. @throws when what is named cannot be used */
export function smtpSettings(environment: Record<string, string | undefined>): SmtpSettings | null {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const { SMTP_URL: url, MAIL_FROM: from } = Environment.parse(given);
  if (url === undefined) return null;
  if (from === undefined) throw new Error('MAIL_FROM is missing: whom letters are from.');
  return { url, from, timeoutMs: TIMEOUT_MS };
}
