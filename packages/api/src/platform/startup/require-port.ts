import { createServer } from 'node:net';
import { CannotStart } from './cannot-start.ts';

/** Asked before anything slow: a taken port is the commonest reason not to start. @throws CannotStart */
export async function requirePort(host: string, port: number): Promise<void> {
  const code = await tryListening(host, port);
  if (code === 'EADDRINUSE') {
    throw new CannotStart(
      `Port ${port} is taken by another program: stop it, or choose another port: ` +
        `PORT=${port + 100} npx --yes pnpm@12 start`,
    );
  }
  if (code === 'EACCES') {
    throw new CannotStart(
      `Port ${port} needs an administrator: choose one above 1023: PORT=4000 npx --yes pnpm@12 start`,
    );
  }
  if (code !== undefined) {
    throw new CannotStart(
      `This computer cannot listen on HOST=${host} (${code}): 127.0.0.1 is always there.`,
    );
  }
}

/** @returns the system's code for why not. */
function tryListening(host: string, port: number): Promise<string | undefined> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
