import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod';
import { AllowedNetworks } from './outgoing/private-address.ts';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65535).default(4000),
  HOST: z.string().default('127.0.0.1'),
  DATABASE_URL: z.string().optional(),
  DATA_DIR: z.string().default('.clientele'),
  CLIENTELE_MODE: z.enum(['demo', 'production']).default('demo'),
  ROLES: z.string().default('api,worker'),
  APP_SECRET: z.string().min(32, 'must be at least 32 characters').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  TRUST_PROXY: z.string().default(''),
  IMPORT_DIR: z.string().optional(),
  ALLOWED_NETWORKS: z.string().default(''),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  SMTP_URL: z.string().optional(),
});

export type Role = 'api' | 'worker';

export interface Config {
  readonly port: number;
  readonly host: string;
  readonly databaseUrl: string | undefined;
  /** Absolute. */
  readonly dataDir: string;
  readonly mode: 'demo' | 'production';
  readonly roles: ReadonlySet<Role>;
  /** Root of every key: sealed contacts, quotes, tokens. Losing it loses the contacts. */
  readonly appSecret: string;
  readonly logLevel: string;
  /** Addresses whose X-Forwarded-For is believed; nobody's by default. */
  readonly trustedProxies: readonly string[];
  /** Where the folders of scheduled exchanges stand, absolute; absent: none are looked into. */
  readonly importDir?: string;
  /** Private networks that may be asked for files, like 10.1.0.0/16; nobody's by default. */
  readonly allowedNetworks?: readonly string[];
  /** Where people reach it, without a slash at the end: links of letters begin so. */
  readonly publicUrl?: string;
}

/** A setting that cannot be used; the message says which and what to do. */
export class ConfigError extends Error {}

/** Reads the environment once. @throws ConfigError */
export function loadConfig(environment: Record<string, string | undefined>, cwd: string): Config {
  const parsed = Environment.safeParse(withoutEmpty(environment));
  if (!parsed.success) {
    throw new ConfigError(
      parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; '),
    );
  }
  const env = parsed.data;
  const dataDir = resolve(cwd, env.DATA_DIR);
  if (env.CLIENTELE_MODE === 'production' && env.APP_SECRET === undefined) {
    throw new ConfigError(
      'APP_SECRET is missing: production needs a secret of at least 32 characters, kept outside the database.',
    );
  }
  if (env.CLIENTELE_MODE === 'production' && env.SMTP_URL !== undefined && env.PUBLIC_URL === undefined) {
    throw new ConfigError('PUBLIC_URL is missing: letters (SMTP_URL) hold links, which begin with it.');
  }
  return {
    port: env.PORT,
    host: env.HOST,
    databaseUrl: env.DATABASE_URL,
    dataDir,
    mode: env.CLIENTELE_MODE,
    roles: parseRoles(env.ROLES),
    appSecret: env.APP_SECRET ?? keptSecret(dataDir),
    logLevel: env.LOG_LEVEL,
    ...(env.IMPORT_DIR === undefined ? {} : { importDir: resolve(cwd, env.IMPORT_DIR) }),
    allowedNetworks: parseNetworks(env.ALLOWED_NETWORKS),
    trustedProxies: env.TRUST_PROXY.split(',')
      .map((address) => address.trim())
      .filter(Boolean),
    ...(env.PUBLIC_URL === undefined ? {} : { publicUrl: env.PUBLIC_URL.replace(/\/+$/, '') }),
  };
}

function parseNetworks(text: string): string[] {
  const networks = text
    .split(',')
    .map((network) => network.trim())
    .filter(Boolean);
  try {
    void new AllowedNetworks(networks);
    return networks;
  } catch (error) {
    throw new ConfigError(`ALLOWED_NETWORKS: ${error instanceof Error ? error.message : 'cannot be read'}`);
  }
}

function withoutEmpty(environment: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
}

function parseRoles(text: string): Set<Role> {
  const roles = new Set<Role>();
  for (const name of text.split(',').map((part) => part.trim())) {
    if (name !== 'api' && name !== 'worker')
      throw new ConfigError(`ROLES: unknown role "${name}"; use api, worker or both.`);
    roles.add(name);
  }
  return roles;
}

/** The demo makes its own secret on first start and keeps it beside the data it protects nobody's real data with. */
function keptSecret(dataDir: string): string {
  const file = join(dataDir, 'secret');
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true });
  const secret = randomBytes(32).toString('base64url');
  writeFileSync(file, `${secret}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return secret;
}
