import { createServer } from 'node:net';

/** @returns whether this computer's own address is free at the port; 0 asks for any free one. */
export function freePort(port: number): Promise<number | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(undefined));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : undefined));
    });
  });
}

/** The wished ports that are free, then three that the system offers: one may be taken before it is bound. */
export async function candidatePorts(wished: readonly number[]): Promise<number[]> {
  const ports: number[] = [];
  for (const port of [...wished.filter((each) => each > 0), 0, 0, 0]) {
    const free = await freePort(port);
    if (free !== undefined) ports.push(free);
  }
  return ports;
}
