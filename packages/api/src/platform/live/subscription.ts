import type { GraphQLContext } from '../graphql/builder.ts';
import { RequestError } from '../errors.ts';
import type { LiveMessage } from './live.ts';

/** A token taken back ends what it subscribed to within five seconds: looked at so often, and remembered for two. */
const LOOK_MS = 2_000;

/**
 * Values of a subscription field: `read` is asked at the start and after each message, and null says nothing new.
 * Ends when the caller's token, session or one of its rights is gone.
 * @throws RequestError UNAVAILABLE for a reader that does not read
 */
export async function liveValues<Value>(
  ctx: GraphQLContext,
  topics: readonly string[],
  read: (message: LiveMessage) => Promise<Value | null>,
): Promise<AsyncIterableIterator<Value>> {
  const messages = await ctx.database.live.subscribe(topics);
  const watching = watchCaller(ctx, () => void messages.return?.());
  let refused: Error | null = null;
  const end = async (): Promise<IteratorResult<Value>> => {
    watching.stop();
    await messages.return?.();
    return { done: true, value: undefined };
  };
  const values: AsyncIterableIterator<Value> = {
    async next() {
      try {
        for (;;) {
          const message = await messages.next();
          refused ??= watching.refusal;
          if (refused !== null) throw refused;
          if (message.done) return await end();
          const value = await read(message.value);
          if (value !== null) return { done: false, value };
        }
      } catch (error) {
        await end();
        throw error;
      }
    },
    return: end,
    [Symbol.asyncIterator]: () => values,
  };
  return values;
}

function watchCaller(
  ctx: GraphQLContext,
  onGone: () => void,
): { stop(): void; readonly refusal: Error | null } {
  let refusal: Error | null = null;
  const look = async (): Promise<void> => {
    if (await stillAllowed(ctx)) return;
    refusal = new RequestError('UNAUTHENTICATED', 'This session is over; sign in again.');
    onGone();
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  timer.unref();
  return {
    stop: () => clearInterval(timer),
    get refusal() {
      return refusal;
    },
  };
}

/** Whether the caller may still all it could when it came. A database that does not answer says nothing of that. */
export async function stillAllowed({
  actor,
  recheck,
}: Pick<GraphQLContext, 'actor' | 'recheck'>): Promise<boolean> {
  if (recheck === undefined) return true;
  try {
    const { scopes } = await recheck();
    return [...actor.scopes].every((scope) => scopes.has(scope));
  } catch (error) {
    return !(error instanceof RequestError && error.code === 'UNAUTHENTICATED');
  }
}
