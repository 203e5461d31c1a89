import { createServer, type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import type { OutgoingMessage } from './channel.ts';
import { smtpChannel } from './smtp.ts';
import { smtpSettings } from './smtp-settings.ts';

const FROM = 'Clientele <clientele@shop.example>';
const servers: SMTPServer[] = [];

afterEach(async () => {
  await Promise.all(
    servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))),
  );
});

interface MailServer {
  url: string;
  /** Whole letters as they arrived, with whom they were for. */
  letters: { to: string[]; source: string }[];
}

/** A real mail server on the loopback. */
async function aMailServer(options: SMTPServerOptions = {}): Promise<MailServer> {
  const letters: MailServer['letters'] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData: (stream, session, done) => {
      let source = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => (source += chunk));
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address), source });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  servers.push(server);
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', () => ready());
  });
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, letters };
}

const letter = (facts: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  id: newId(),
  channel: 'EMAIL',
  to: 'olga@example.com',
  subject: 'Новый пароль',
  text: 'Откройте ссылку:\nhttps://shop.example/admin/reset#token=cl_abc\n',
  purpose: 'STAFF',
  ...facts,
});

async function sendTo(url: string, ...batch: OutgoingMessage[]) {
  const outcomes = await smtpChannel({ url, from: FROM, timeoutMs: 2_000 }).send(batch);
  return batch.map(({ id }) => outcomes.get(id));
}

test('a letter arrives as it was written, under one number at every attempt', async () => {
  const { url, letters } = await aMailServer();
  const one = letter();
  expect(await sendTo(url, one)).toEqual([{ result: 'ACCEPTED', providerId: null, delivered: false }]);
  const [arrived] = letters;
  expect(arrived?.to).toEqual(['olga@example.com']);
  expect(arrived?.source).toContain(`Message-ID: <${one.id}@shop.example>`);
  expect(arrived?.source).toContain(`From: ${FROM}`);
  expect(arrived?.source).toContain(`Subject: =?UTF-8?B?${Buffer.from('Новый пароль').toString('base64')}?=`);
  const [, body = ''] = arrived?.source.split('\r\n\r\n') ?? [];
  expect(Buffer.from(body, 'base64').toString('utf8')).toBe(one.text);
});

test('a line break in a subject or an address makes no header and no second recipient', async () => {
  const { url, letters } = await aMailServer();
  const outcomes = await sendTo(
    url,
    letter({ subject: 'Hello\r\nBcc: victim@example.com\r\n\r\nand a body' }),
    letter({ to: 'olga@example.com\r\nRCPT TO:<victim@example.com>' }),
    letter({ to: 'olga@example.com, victim@example.com' }),
  );
  const refused = { result: 'REFUSED', reason: 'this is no address', permanent: true };
  expect(outcomes).toEqual([expect.objectContaining({ result: 'ACCEPTED' }), refused, refused]);
  expect(letters.map(({ to }) => to)).toEqual([['olga@example.com']]);
  const [headers = ''] = letters[0]?.source.split('\r\n\r\n') ?? [];
  expect(headers).not.toMatch(/^bcc:/im);
  expect(headers).toContain('Subject: Hello Bcc: victim@example.com and a body');
});

const answering = (code: number, words: string) => Object.assign(new Error(words), { responseCode: code });

test('what the server refuses is said by its number, not by its words', async () => {
  const nobody = await aMailServer({
    onRcptTo: (_address, _session, done) => done(answering(550, 'no olga here')),
  });
  expect(await sendTo(nobody.url, letter())).toEqual([
    { result: 'REFUSED', reason: 'the mail server answered 550 (EENVELOPE)', permanent: true },
  ]);
  const busy = await aMailServer({ onMailFrom: (_address, _session, done) => done(answering(451, 'later')) });
  expect(await sendTo(busy.url, letter())).toEqual([
    { result: 'REFUSED', reason: 'the mail server answered 451 (EENVELOPE)', permanent: false },
  ]);
  const locked = await aMailServer({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: (_auth, _session, done) => done(answering(535, 'wrong')),
  });
  const [outcome] = await sendTo(locked.url.replace('//', '//olga:secret@'), letter());
  // Somebody mends the password: the letter may still go.
  expect(outcome).toMatchObject({ result: 'REFUSED', permanent: false });
  expect(JSON.stringify(outcome)).not.toMatch(/secret|olga/);
});

/** Takes a letter whole, and goes away without a word. */
async function aBreakingServer(): Promise<{ url: string; close(): Promise<void> }> {
  const server = createServer((socket) => {
    socket.setEncoding('utf8').on('error', () => undefined);
    socket.write('220 mail.example\r\n');
    socket.on('data', (text: string) => {
      if (text.endsWith('\r\n.\r\n')) socket.destroy();
      else if (/^(EHLO|MAIL|RCPT)/.test(text)) socket.write('250 OK\r\n');
      else if (text.startsWith('DATA')) socket.write('354 Go on\r\n');
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

test('a server that is not there took nothing; one that went silent over the letter may have', async () => {
  const gone = await aMailServer();
  await new Promise<void>((done) => servers.splice(0)[0]?.close(() => done()));
  expect(await sendTo(gone.url, letter())).toMatchObject([{ result: 'REFUSED' }]);
  const breaking = await aBreakingServer();
  expect(await sendTo(breaking.url, letter())).toMatchObject([{ result: 'UNCERTAIN' }]);
  await breaking.close();
});

test('the check says whether the server answers, and no password', async () => {
  const { url } = await aMailServer();
  const check = (address: string) => smtpChannel({ url: address, from: FROM, timeoutMs: 1_000 }).check();
  expect(await check(url)).toEqual({ ok: true, detail: `${new URL(url).host} answers` });
  const closed = await check('smtp://olga:secret@127.0.0.1:1');
  expect(closed).toMatchObject({ ok: false });
  expect(closed.detail).not.toContain('secret');
});

test('a mail server is named whole or not at all', () => {
  expect(smtpSettings({})).toBeNull();
  expect(smtpSettings({ SMTP_URL: 'smtp://mail.example:587', MAIL_FROM: FROM })).toEqual({
    url: 'smtp://mail.example:587',
    from: FROM,
    timeoutMs: 10_000,
  });
  expect(() => smtpSettings({ SMTP_URL: 'smtp://mail.example' })).toThrow('MAIL_FROM is missing');
  expect(() => smtpSettings({ SMTP_URL: 'https://mail.example', MAIL_FROM: FROM })).toThrow();
  expect(() => smtpSettings({ SMTP_URL: 'smtp://mail.example', MAIL_FROM: 'a@b.c\r\nBcc: d@e.f' })).toThrow();
});
