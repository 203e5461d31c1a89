import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { audit, authenticate, followDemoClock, SYSTEM_ACTOR } from './company/index.ts';
import { watchEventKinds } from './activity/index.ts';
import { entities } from './entities.ts';
import { handlers, jobs, tasks, WATCHED_KINDS } from './reactions.ts';
import { createChannels, startSender, type ChannelAdapter, type Sender } from './messaging/index.ts';
import { loadPersistedDocuments, servePages } from './pages/index.ts';
import { ShiftedClock, systemClock, type Clock } from './platform/clock.ts';
import type { Config } from './platform/config.ts';
import type { Actor, Context } from './platform/context.ts';
import { openDatabase, type Database } from './platform/database/database.ts';
import { APPLICATION_ROLE } from './platform/database/migrate.ts';
import { createGraphQLServer } from './platform/graphql/server.ts';
import { createHttpServer, type Caller, type NewContext, type ReadyReport } from './platform/http/server.ts';
import { serveWebSocket } from './platform/http/websocket.ts';
import { startJobs } from './platform/jobs/jobs.ts';
import { createLog, type Log } from './platform/log.ts';
import { createMetrics, type Metrics } from './platform/metrics.ts';
import { startRelay, type Relay } from './platform/outbox/relay.ts';
import { serveFiles } from './platform/files/index.ts';
import { registerTaskKinds, startTasks } from './platform/tasks/index.ts';
import { createVault } from './platform/vault.ts';
import { schema } from './schema.ts';
import { SEGMENT_USES } from './segment-uses.ts';
import { SEGMENT_LEAVES } from './segment-leaves.ts';
import { membershipChores, registerLeaves, registerSegmentUses, startMembership } from './segments/index.ts';

/** What tests replace: time, the log, and where the database is. */
export interface AppDependencies {
  databaseUrl: string;
  clock?: Clock;
  log?: Log;
  metrics?: Metrics;
  /** Ways out for messages; of the configuration where absent. */
  channels?: readonly ChannelAdapter[];
}

export interface App {
  readonly config: Config;
  readonly clock: Clock;
  readonly database: Database;
  readonly http: FastifyInstance;
  readonly relay: Relay | null;
  readonly sender: Sender | null;
  /** A context of this app, acting as the system unless told otherwise. */
  context(actor?: Actor): Context;
  /** @returns the address it serves at, e.g. `http://127.0.0.1:4000`. */
  listen(): Promise<string>;
  /** Finishes what is in hand, then closes everything. */
  stop(): Promise<void>;
}

/** The one assembly: the command line and the tests use it alike. */
export async function buildApp(config: Config, dependencies: AppDependencies): Promise<App> {
  const log = dependencies.log ?? createLog(config.logLevel);
  const clock = dependencies.clock ?? new ShiftedClock(systemClock);
  const metrics = dependencies.metrics ?? createMetrics();
  const vault = createVault(config.appSecret);
  const database = await openDatabase({
    url: dependencies.databaseUrl,
    entities,
    log,
    role: APPLICATION_ROLE,
  });

  const channels = dependencies.channels ?? createChannels(config.mode, process.env);
  watchEventKinds(database, WATCHED_KINDS);
  registerLeaves(database, SEGMENT_LEAVES);
  registerSegmentUses(database, SEGMENT_USES);
  registerTaskKinds(
    database,
    tasks({ importDir: config.importDir ?? null, allowedNetworks: config.allowedNetworks ?? [] }),
  );

  const context = (actor: Actor = SYSTEM_ACTOR): Context => ({
    actor,
    clock,
    database,
    em: database.em(),
    sql: database.sql,
    vault,
    log,
    mode: config.mode,
    dataDir: config.dataDir,
    waysOut: channels.flatMap((channel) => channel.channels),
    mailConnected: channels.some((channel) => channel.channels.includes('EMAIL')),
  });
  const newContext: NewContext = (actor, requestId, recheck) => ({
    ...context(actor),
    requestId,
    recheck,
  });
  const identify = (caller: Caller) => authenticate(context(), caller);

  const demoClock = await followDemoClock(context());
  const working = config.roles.has('worker');
  const sender = working ? startSender({ newContext: context, channels }) : null;
  const relay = working
    ? startRelay({
        newContext: context,
        handlers: handlers(() => sender?.nudge(), config.publicUrl ?? `http://localhost:${config.port}`),
        databaseUrl: dependencies.databaseUrl,
      })
    : null;
  const worker = working
    ? await startJobs({ databaseUrl: dependencies.databaseUrl, jobs, newContext: context, log })
    : null;
  const taskWorker = working
    ? await startTasks({ databaseUrl: dependencies.databaseUrl, newContext: context, log })
    : null;
  const membership = working ? startMembership({ newContext: context, chores: membershipChores() }) : null;

  const graphql = createGraphQLServer({
    schema,
    log,
    metrics,
    mode: config.mode,
    persistedDocuments: await loadPersistedDocuments(),
    afterMutation: () => relay?.nudge(),
  });
  const http = await createHttpServer({
    graphql,
    log,
    metrics,
    trustedProxies: config.trustedProxies,
    authenticate: identify,
    newContext,
    ready: () => readiness(database, metrics),
    pages: async (fastify) => {
      await serveFiles(fastify, { authenticate: identify, newContext: context, audit });
      await servePages(fastify, { config, newContext: context, channels });
    },
  });
  const sockets = serveWebSocket(http.server, {
    graphql,
    log,
    authenticate: identify,
    newContext,
  });

  return {
    config,
    clock,
    database,
    http,
    relay,
    sender,
    context,
    listen: async () => {
      await http.listen({ port: config.port, host: config.host });
      const { port } = http.server.address() as AddressInfo;
      return `http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${port}`;
    },
    stop: async () => {
      await sockets.stop();
      await http.close();
      await Promise.all([relay?.stop(), worker?.stop(), taskWorker?.stop(), membership?.stop()]);
      await sender?.stop();
      demoClock.stop();
      await database.close();
    },
  };
}

async function readiness(database: Database, metrics: Metrics): Promise<ReadyReport> {
  try {
    const { waiting } = await database.sql
      .selectFrom('outbox_event')
      .select((eb) => eb.fn.countAll<number>().as('waiting'))
      .where('published_at', 'is', null)
      .executeTakeFirstOrThrow();
    metrics.outboxLag.set(waiting);
    return { ready: true, checks: { database: 'ok', outbox: `${waiting} events wait` } };
  } catch {
    return { ready: false, checks: { database: 'cannot be reached' } };
  }
}
