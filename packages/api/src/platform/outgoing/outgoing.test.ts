import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { lookup } from 'node:dns';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { fetchGuarded, FetchRefused, type GuardedFetch } from './fetch-guarded.ts';
import { AllowedNetworks, isPublicAddress } from './private-address.ts';

const NOBODY = new AllowedNetworks([]);
const SELF = new AllowedNetworks(['127.0.0.1']);

test.for<[address: string, isPublic: boolean]>([
  ['8.8.8.8', true],
  ['93.184.216.34', true],
  ['2606:4700:4700::1111', true],
  ['127.0.0.1', false],
  ['127.255.255.254', false],
  ['0.0.0.0', false],
  ['10.0.0.1', false],
  ['100.64.0.1', false],
  ['169.254.169.254', false],
  ['172.16.0.1', false],
  ['172.31.255.255', false],
  ['172.32.0.1', true],
  ['192.168.1.1', false],
  ['198.18.0.1', false],
  ['224.0.0.1', false],
  ['255.255.255.255', false],
  ['::', false],
  ['::1', false],
  ['::ffff:10.0.0.1', false],
  ['::ffff:8.8.8.8', false],
  ['::127.0.0.1', false],
  ['64:ff9b::7f00:1', false],
  ['fe80::1', false],
  ['fc00::1', false],
  ['fd12:3456::1', false],
  ['ff02::1', false],
  ['2001:db8::1', false],
  ['2002:7f00:1::1', false],
  ['2001:0:53aa:64c:0:0:0:1', false],
  ['no address', false],
])('%s is an address of the public internet: %s', ([address, isPublic]) => {
  expect(isPublicAddress(address)).toBe(isPublic);
});

async function refusal(input: Partial<GuardedFetch> & { url: string }): Promise<string> {
  try {
    const answer = await fetchGuarded({ allowed: NOBODY, ...input });
    answer.destroy();
    return 'fetched';
  } catch (error) {
    return error instanceof FetchRefused ? error.code : String(error);
  }
}

/** A name service that answers as told, one answer after the other. */
function names(...answers: string[]): typeof lookup {
  const left = [...answers];
  return ((_name: string, _options: object, done: (error: null, found: object[]) => void) => {
    const address = left.length > 1 ? left.shift() : left[0];
    done(null, [{ address, family: address?.includes(':') ? 6 : 4 }]);
  }) as unknown as typeof lookup;
}

test.for<[url: string, code: string]>([
  ['http://127.0.0.1/', 'NOT_ALLOWED'],
  ['https://127.0.0.1/', 'NOT_ALLOWED'],
  ['https://127.1/', 'NOT_ALLOWED'],
  ['https://0x7f000001/', 'NOT_ALLOWED'],
  ['https://2130706433/', 'NOT_ALLOWED'],
  ['https://0177.0.0.1/', 'NOT_ALLOWED'],
  ['https://%31%32%37.0.0.1/', 'NOT_ALLOWED'],
  ['https://１２７.0.0.1/', 'NOT_ALLOWED'],
  ['https://[::1]/', 'NOT_ALLOWED'],
  ['https://[::ffff:10.0.0.1]/', 'NOT_ALLOWED'],
  ['https://[::ffff:a00:1]/', 'NOT_ALLOWED'],
  ['https://[64:ff9b::a00:1]/', 'NOT_ALLOWED'],
  ['https://169.254.169.254/latest/meta-data/', 'NOT_ALLOWED'],
  ['https://localhost/', 'NOT_ALLOWED'],
  ['http://8.8.8.8/', 'NOT_ALLOWED'],
  ['file:///etc/passwd', 'ADDRESS'],
  ['ftp://8.8.8.8/', 'ADDRESS'],
  ['gopher://8.8.8.8/', 'ADDRESS'],
  ['https://user:password@8.8.8.8/', 'ADDRESS'],
  ['no url', 'ADDRESS'],
  ['', 'ADDRESS'],
])('%s is refused: %s (38)', async ([url, code]) => {
  expect(await refusal({ url, timeoutMs: 2_000 })).toBe(code);
});

test('a name that leads inside is refused, alone or among others, whatever it said before (38)', async () => {
  const url = 'https://files.example/base.csv';
  for (const address of ['10.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1'])
    expect([address, await refusal({ url, resolve: names(address) })]).toEqual([address, 'NOT_ALLOWED']);
  const both = ((_name: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(null, [
      { address: '8.8.8.8', family: 4 },
      { address: '10.0.0.1', family: 4 },
    ])) as unknown as typeof lookup;
  expect(await refusal({ url, resolve: both })).toBe('NOT_ALLOWED');
});

let server: Server | undefined;

afterEach(async () => {
  const stopped = server;
  server = undefined;
  if (stopped !== undefined) await new Promise((resolve) => stopped.close(resolve));
});

async function serve(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('the own network is asked where somebody allowed it, by number or by name', async () => {
  const url = await serve((_request, response) => response.end('a,b'));
  expect(await text(await fetchGuarded({ url, allowed: SELF }))).toBe('a,b');
  const named = url.replace('127.0.0.1', 'crm.example');
  expect(await text(await fetchGuarded({ url: named, allowed: SELF, resolve: names('127.0.0.1') }))).toBe(
    'a,b',
  );
  expect(await refusal({ url })).toBe('NOT_ALLOWED');
});

test('a redirect inside is refused, at every hop, and so are too many (38)', async () => {
  const inside = ['http://169.254.169.254/', 'http://[::1]/', 'file:///etc/passwd', 'https://0x0a000001/'];
  for (const location of inside) {
    const url = await serve((_request, response) => response.writeHead(302, { location }).end());
    expect([location, await refusal({ url, allowed: SELF })]).toEqual([
      location,
      location.startsWith('file') ? 'ADDRESS' : 'NOT_ALLOWED',
    ]);
    await new Promise((resolve) => server?.close(resolve));
  }
  const url = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end());
  expect(await refusal({ url, allowed: SELF })).toBe('REDIRECTS');
});

test('a name that changes between two hops is judged anew (rebinding, 38)', async () => {
  const url = await serve((_request, response) => response.writeHead(302, { location: '/next' }).end());
  const named = url.replace('127.0.0.1', 'files.example');
  expect(await refusal({ url: named, allowed: SELF, resolve: names('127.0.0.1', '10.0.0.7') })).toBe(
    'NOT_ALLOWED',
  );
});

test('a server that answers badly or not at all is told in its own words', async () => {
  const missing = await serve((_request, response) => response.writeHead(404).end());
  expect(await refusal({ url: missing, allowed: SELF })).toBe('STATUS');
  await new Promise((resolve) => server?.close(resolve));
  expect(await refusal({ url: missing, allowed: SELF })).toBe('UNREACHABLE');
  server = undefined;
  const slow = await serve(() => undefined);
  expect(await refusal({ url: slow, allowed: SELF, timeoutMs: 20 })).toBe('TIMEOUT');
});

test('networks are written plainly', () => {
  for (const wrong of ['10.0.0.0/33', 'home', '10.0.0/8', '::1/129', ''])
    expect(() => new AllowedNetworks([wrong])).toThrow(RangeError);
  const allowed = new AllowedNetworks(['10.1.0.0/16', 'fd00::/8', '192.168.1.7']);
  expect(
    ['10.1.255.1', '10.2.0.1', 'fd01::1', '192.168.1.7', '192.168.1.8'].map((one) => allowed.has(one)),
  ).toEqual([true, false, true, true, false]);
});
