import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { CannotStart } from './cannot-start.ts';
import { requirePort } from './require-port.ts';

test('a taken port is named, with a command that uses another one', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const { port } = squatter.address() as AddressInfo;
  await expect(requirePort('127.0.0.1', port)).rejects.toEqual(
    new CannotStart(
      `Port ${port} is taken by another program: stop it, or choose another port: PORT=${port + 100} npx --yes pnpm@12 start`,
    ),
  );
  squatter.close();
  await once(squatter, 'close');
  await expect(requirePort('127.0.0.1', port)).resolves.toBeUndefined();
});

test('an address of another computer is named', async () => {
  // 192.0.2.0/24 is kept free for documentation (RFC 5737).
  await expect(requirePort('192.0.2.1', 0)).rejects.toThrow(
    'This computer cannot listen on HOST=192.0.2.1 (EADDRNOTAVAIL): 127.0.0.1 is always there.',
  );
});
