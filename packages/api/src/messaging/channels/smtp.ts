import { Readable } from 'node:stream';
import { createTransport, type Transporter } from 'nodemailer';
import type { ChannelAdapter, OutgoingMessage, SendOutcome } from './channel.ts';
import type { SmtpSettings } from './smtp-settings.ts';

const PARALLEL = 4;

/**
 * Any mail server that speaks SMTP; one connection a letter. What the server answered is a refusal; a connection that
 * breaks after the letter was handed over leaves it open whether it went out. A letter has the same Message-ID at every
 * attempt, so a server that knows it keeps it once.
 */
export function smtpChannel(settings: SmtpSettings): ChannelAdapter {
  const transport = createTransport({
    url: settings.url,
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    code: 'smtp',
    channels: ['EMAIL'],
    receiptToken: null,
    send: async (batch) => {
      const outcomes = new Map<string, SendOutcome>();
      for (let start = 0; start < batch.length; start += PARALLEL) {
        const together = batch.slice(start, start + PARALLEL);
        const answers = await Promise.all(together.map((letter) => sendOne(transport, settings, letter)));
        together.forEach(({ id }, index) => {
          outcomes.set(id, answers[index] ?? { result: 'UNCERTAIN', reason: 'no answer' });
        });
      }
      return outcomes;
    },
    receipt: () => null,
    check: () => checkServer(transport, settings),
  };
}

/** One address and nothing else: a comma or a line break would make several, or a header. */
const ADDRESS = /^[^\s<>,;:"()[\]\\]+@[^\s<>,;:"()[\]\\@]+$/;

async function sendOne(
  transport: Transporter,
  { from }: SmtpSettings,
  letter: OutgoingMessage,
): Promise<SendOutcome> {
  if (!ADDRESS.test(letter.to)) return { result: 'REFUSED', reason: 'this is no address', permanent: true };
  let handedOver = false;
  const text = read(letter.text, () => (handedOver = true));
  try {
    await transport.sendMail({
      from,
      to: { name: '', address: letter.to },
      subject: oneLine(letter.subject ?? ''),
      text,
      textEncoding: 'base64',
      messageId: `<${letter.id}@${domainOf(from)}>`,
    });
    return { result: 'ACCEPTED', providerId: null, delivered: false };
  } catch (error) {
    return unsent(error, handedOver);
  }
}

/** A line break in a subject would begin another header. */
export function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- that is what is taken out
  return text.replaceAll(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();
}

function domainOf(from: string): string {
  return /@([^\s<>]+)>?$/.exec(from)?.[1] ?? 'clientele.invalid';
}

/** @param onRead the server asked for the letter: from now on it may go out */
function read(text: string, onRead: () => void): Readable {
  return new Readable({
    read() {
      onRead();
      this.push(text);
      this.push(null);
    },
  });
}

interface SmtpError {
  code?: string;
  responseCode?: number;
}

/** @returns a reason without address or text: a server's words may repeat both */
function unsent(error: unknown, handedOver: boolean): SendOutcome {
  const { code = 'no reason', responseCode } = error as SmtpError;
  if (responseCode !== undefined) {
    const permanent = responseCode >= 500 && code !== 'EAUTH';
    return { result: 'REFUSED', reason: `the mail server answered ${responseCode} (${code})`, permanent };
  }
  if (handedOver) return { result: 'UNCERTAIN', reason: `the connection broke while sending: ${code}` };
  return { result: 'REFUSED', reason: `the mail server cannot be reached: ${code}` };
}

async function checkServer(
  transport: Transporter,
  { url }: SmtpSettings,
): Promise<{ ok: boolean; detail: string }> {
  const { host } = new URL(url);
  try {
    await transport.verify();
    return { ok: true, detail: `${host} answers` };
  } catch (error) {
    const { code = 'no reason', responseCode } = error as SmtpError;
    return { ok: false, detail: `${host}: ${responseCode ?? code}` };
  }
}
