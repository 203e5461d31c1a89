import { connect, type AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { cutOffSlowBodies } from './slow-bodies.ts';

test('who sends a body slowly is cut off, who brings a file is not', async () => {
  const app = Fastify();
  cutOffSlowBodies(app, { limitMs: 30, except: ['/uploads'] });
  app.post('/graphql', () => 'answered');
  app.post('/uploads', () => 'answered');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;

  /** Sends half a body and, once it was cut off or told to, the rest. */
  const slowly = (path: string, rest: Promise<unknown>): Promise<string | undefined> =>
    new Promise((resolve) => {
      let answer = '';
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(
          `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 4\r\n\r\nab`,
        ),
      );
      void rest.then(() => socket.writable && socket.write('cd'));
      socket.on('data', (data) => (answer += data.toString('utf8')));
      socket.on('error', () => undefined);
      socket.on('close', () => resolve(answer.split('\r\n')[0]));
    });

  const cutOff = slowly('/graphql', new Promise(() => undefined));
  const brought = slowly('/uploads', cutOff);
  expect([await cutOff, await brought]).toEqual(['HTTP/1.1 408 Request Timeout', 'HTTP/1.1 200 OK']);
  await app.close();
});
