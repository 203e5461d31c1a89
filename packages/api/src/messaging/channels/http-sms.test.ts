import { afterEach, expect, test } from 'vitest';
import { aGateway, type Gateway } from '../../testing/messaging.builders.ts';
import type { OutgoingMessage } from './channel.ts';
import { httpSmsSettings } from './http-sms-settings.ts';
import { httpSmsChannel } from './http-sms.ts';

const message: OutgoingMessage = {
  id: '01938f6e-0000-7000-8000-000000000001',
  channel: 'SMS',
  to: '+79991234567',
  subject: null,
  text: 'Код 042371 & "кавычки"',
  purpose: 'CODE',
};

let gateway: Gateway | undefined;
afterEach(async () => {
  await gateway?.close();
  gateway = undefined;
});

function channel(environment: Record<string, string>, timeoutMs = 3_000) {
  const settings = httpSmsSettings(environment);
  if (settings === null) throw new Error('no gateway is named');
  return httpSmsChannel({ ...settings, timeoutMs });
}

test('a form template carries address, text and our id; the number comes from the answer', async () => {
  gateway = await aGateway((response) => response.end('{"result":{"id":815}}'));
  const sms = channel({
    SMS_HTTP_URL: `${gateway.url}/send?ref={id}`,
    SMS_HTTP_BODY: 'phones={to}&mes={text}',
    SMS_HTTP_HEADERS: '{"authorization":"Basic eA=="}',
    SMS_HTTP_ID_FIELD: 'result.id',
  });
  const outcome = (await sms.send([message])).get(message.id);
  expect(outcome).toEqual({ result: 'ACCEPTED', providerId: '815', delivered: false });
  const [call] = gateway.calls;
  expect(call?.path).toBe(`/send?ref=${message.id}`);
  expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(call?.headers.authorization).toBe('Basic eA==');
  expect(Object.fromEntries(new URLSearchParams(call?.body))).toEqual({
    phones: message.to,
    mes: message.text,
  });
});

test('a JSON template is escaped as JSON', async () => {
  gateway = await aGateway((response) => response.end('{}'));
  const sms = channel({
    SMS_HTTP_URL: gateway.url,
    SMS_HTTP_BODY: '{"to":"{to}","message":"{text}"}',
  });
  expect((await sms.send([message])).get(message.id)).toEqual({
    result: 'ACCEPTED',
    providerId: null,
    delivered: false,
  });
  expect(JSON.parse(gateway.calls[0]?.body ?? '')).toEqual({ to: message.to, message: message.text });
});

test('an answer of 500 is a refusal, whatever it says; one recipient fails alone', async () => {
  gateway = await aGateway((response, call) => {
    response.statusCode = call.path.includes('bad') ? 500 : 200;
    response.end('{"id":1}');
  });
  const sms = channel({ SMS_HTTP_URL: `${gateway.url}/{id}`, SMS_HTTP_METHOD: 'GET' });
  const outcomes = await sms.send([
    { ...message, id: 'bad' },
    { ...message, id: 'good' },
  ]);
  expect(outcomes.get('bad')).toEqual({ result: 'REFUSED', reason: 'the gateway answered 500' });
  expect(outcomes.get('good')).toEqual({ result: 'ACCEPTED', providerId: '1', delivered: false });
});

test('no answer in time leaves it open, and takes no longer than the limit', async () => {
  gateway = await aGateway(() => undefined);
  const sms = channel({ SMS_HTTP_URL: gateway.url }, 100);
  const started = performance.now();
  expect((await sms.send([message])).get(message.id)).toEqual({
    result: 'UNCERTAIN',
    reason: 'the gateway did not answer in time',
  });
  expect(performance.now() - started).toBeLessThan(1_500);
  expect(httpSmsSettings({ SMS_HTTP_URL: gateway.url })?.timeoutMs).toBe(3_000);
});

test('a body that never ends is cut off by the same limit', async () => {
  gateway = await aGateway((response) => response.write('{"id":'));
  const sms = channel({ SMS_HTTP_URL: gateway.url }, 100);
  expect((await sms.send([message])).get(message.id)?.result).toBe('UNCERTAIN');
});

test('a connection cut in the middle leaves it open; one that was never made is a refusal', async () => {
  gateway = await aGateway((response) => response.destroy());
  const { url } = gateway;
  const sms = channel({ SMS_HTTP_URL: url });
  expect((await sms.send([message])).get(message.id)?.result).toBe('UNCERTAIN');
  await gateway.close();
  gateway = undefined;
  expect((await sms.send([message])).get(message.id)).toEqual({
    result: 'REFUSED',
    reason: 'the gateway cannot be reached: ECONNREFUSED',
  });
  expect(await sms.check()).toEqual({ ok: false, detail: `${url} cannot be reached: ECONNREFUSED` });
});

test('a redirect is not followed: the address is the one the administrator named', async () => {
  gateway = await aGateway((response) =>
    response.writeHead(302, { location: 'http://169.254.169.254/' }).end(),
  );
  const sms = channel({ SMS_HTTP_URL: gateway.url });
  expect((await sms.send([message])).get(message.id)?.result).toBe('UNCERTAIN');
  expect(gateway.calls).toHaveLength(1);
});

const report = (status: string) => ({ id: 815, dlr: { status } });

test('a delivery report is read by the named fields, own properties only', () => {
  const sms = channel({
    SMS_HTTP_URL: 'http://gateway.test',
    SMS_HTTP_RECEIPT_STATUS: 'dlr.status',
    SMS_HTTP_RECEIPT_DELIVERED: 'DELIVRD',
  });
  expect(sms.receipt(report('delivrd'))).toEqual({ messageId: null, providerId: '815', state: 'DELIVERED' });
  expect(sms.receipt(report('expired'))).toEqual({ messageId: null, providerId: '815', state: 'FAILED' });
  expect(sms.receipt(report('accepted'))).toEqual({ messageId: null, providerId: '815', state: 'SENT' });
  expect(sms.receipt({ dlr: { status: 'delivrd' } })).toBeNull();
  expect(sms.receipt('junk')).toBeNull();
});

test('without an address there is no gateway; with a wrong one the start is refused', () => {
  expect(httpSmsSettings({})).toBeNull();
  expect(httpSmsSettings({ SMS_HTTP_URL: '' })).toBeNull();
  expect(() => httpSmsSettings({ SMS_HTTP_URL: 'ftp://gateway' })).toThrow('SMS_HTTP_URL');
});
