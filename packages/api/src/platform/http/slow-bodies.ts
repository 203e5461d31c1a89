import type { FastifyInstance } from 'fastify';

/**
 * Whose body dribbles in for longer is cut off, told so by 408. Of the server as a whole there is no such limit: a
 * large file may take its time as long as it keeps coming, which its route watches itself.
 */
export function cutOffSlowBodies(
  app: FastifyInstance,
  { limitMs, except }: { limitMs: number; except: readonly string[] },
): void {
  app.addHook('onRequest', (request, _reply, done) => {
    const { raw } = request;
    if (!except.includes(request.routeOptions.url ?? '') && !raw.complete) {
      const timer = setTimeout(() => {
        // Of a request made in memory there is no socket to end.
        if (raw.complete || !raw.socket.writable) return;
        raw.socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n', () => raw.destroy());
      }, limitMs);
      raw.once('end', () => clearTimeout(timer));
      raw.once('close', () => clearTimeout(timer));
    }
    done();
  });
}
