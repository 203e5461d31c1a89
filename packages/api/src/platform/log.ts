import pino from 'pino';

export type Log = pino.Logger;

/** Names of fields that may carry a secret or a contact, wherever they stand; their values never reach the log. */
const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'token',
  'code',
  'pin',
  'managerPin',
  'password',
  'secret',
  'phone',
  'email',
  'card',
  'phones',
  'emails',
  'cards',
  'to',
  'text',
  'variables',
  'body',
];

const redact = SECRET_FIELDS.flatMap((field) => [field, `*.${field}`, `*.*.${field}`, `*.*.*.${field}`]);

/** @param level pino level; `silent` in tests that do not read the log. */
export function createLog(level: string, destination?: pino.DestinationStream): Log {
  const options = { level, redact: { paths: redact, censor: '[redacted]' }, base: null };
  return destination ? pino(options, destination) : pino(options);
}
