import { GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { WebSocket, type ClientOptions } from 'ws';

export interface SocketMessage {
  type: string;
  id?: string;
  payload?: unknown;
}

/** A socket as a client of any kind would use it, well or badly. */
export interface TestSocket {
  send(message: SocketMessage | string): void;
  /** The next message, in order. */
  next(): Promise<SocketMessage>;
  /** How the server ended it: code and reason. */
  readonly closed: Promise<{ code: number; reason: string }>;
  readonly socket: WebSocket;
  close(): void;
}

/** @param url `http://…` of a listening app */
export async function openSocket(url: string, options: ClientOptions = {}): Promise<TestSocket> {
  const socket = new WebSocket(
    `${url.replace('http', 'ws')}/graphql`,
    GRAPHQL_TRANSPORT_WS_PROTOCOL,
    options,
  );
  const messages: SocketMessage[] = [];
  let wake: (() => void) | null = null;
  socket.on('message', (data: Buffer) => {
    messages.push(JSON.parse(data.toString('utf8')) as SocketMessage);
    wake?.();
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.on('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') })),
  );
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  socket.on('error', () => undefined);
  return {
    socket,
    closed,
    send: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    async next() {
      while (messages.length === 0) {
        const { promise, resolve } = Promise.withResolvers<void>();
        wake = resolve;
        await Promise.race([promise, closed]);
        if (messages.length === 0 && socket.readyState === WebSocket.CLOSED)
          throw new Error('The socket is closed.');
      }
      return messages.shift() as SocketMessage;
    },
    close: () => socket.terminate(),
  };
}

/** A socket that said who it is and was let in. */
export async function signedInSocket(url: string, token: string): Promise<TestSocket> {
  const client = await openSocket(url);
  client.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
  const { type } = await client.next();
  if (type !== 'connection_ack') throw new Error(`not let in: ${type}`);
  return client;
}
