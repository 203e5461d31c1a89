import { parseArgs } from 'node:util';
import {
  addStaff,
  createLink,
  endSessions,
  forgetGuesses,
  removeSecondFactor,
  audit,
} from '../company/index.ts';
import { loadConfig } from '../platform/config.ts';
import type { Context } from '../platform/context.ts';
import { inTransaction } from '../platform/database/in-transaction.ts';
import { openCompany, workingFolder } from './company.ts';
import { say, WrongCommand } from './say.ts';

export const ADMIN_USAGE = `admin create --email E-MAIL --name NAME
                            make an administrator, who may everything, and print a link to set a password
  admin reset --email E-MAIL
                            for who lost password or telephone: print a link to a new password, take the second
                            factor off, end every session`;

const EMAIL = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/;

/** @returns the exit code */
export async function adminCommand([action, ...args]: readonly string[]): Promise<number> {
  const { email = '', name = '' } = optionsOf(args);
  if (action !== 'create' && action !== 'reset') throw new WrongCommand(`Say what:\n  ${ADMIN_USAGE}`);
  if (!EMAIL.test(email)) throw new WrongCommand('Say who: --email olga@example.com');
  if (action === 'create' && name.trim() === '')
    throw new WrongCommand("Say the name too: --name 'Ольга Белова'");
  const company = await openCompany();
  try {
    const address = email.trim().toLowerCase();
    const path =
      action === 'create'
        ? await create(company.ctx, address, name.trim())
        : await reset(company.ctx, address);
    say(`${baseUrl()}${path}`);
    say(
      action === 'create'
        ? 'The link sets the password; it works once, and for 7 days. The first sign-in asks for an authenticator app.'
        : 'The link sets a new password; it works once, and for 1 hour. Every session of this person has ended.',
    );
    return 0;
  } finally {
    await company.close();
  }
}

function optionsOf(args: readonly string[]): { email?: string; name?: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { email: { type: 'string' }, name: { type: 'string' } },
      strict: true,
    });
    return values;
  } catch (error) {
    throw new WrongCommand(error instanceof Error ? error.message : String(error));
  }
}

async function create(ctx: Context, email: string, name: string): Promise<string> {
  if ((await staffOf(ctx, email)) !== undefined)
    throw new WrongCommand(`${email} is somebody's already. A lost password: admin reset --email ${email}`);
  return inTransaction(ctx, async (tx) => {
    const id = await addStaff(tx, { name, email, stores: [], grants: [{ role: 'OWNER' }] });
    return createLink(tx, id, 'INVITATION');
  });
}

async function reset(ctx: Context, email: string): Promise<string> {
  const id = await staffOf(ctx, email);
  if (id === undefined) throw new WrongCommand(`Nobody here has the e-mail ${email}.`);
  return inTransaction(ctx, async (tx) => {
    await removeSecondFactor(tx, id);
    await endSessions(tx, id);
    await forgetGuesses(tx, { email, staffId: id });
    await audit(tx, { action: 'staff.reset-at-command-line', subject: `staff:${id}` });
    return createLink(tx, id, 'RESET');
  });
}

async function staffOf(ctx: Context, email: string): Promise<string | undefined> {
  const row = await ctx.sql.selectFrom('staff').select('id').where('email', '=', email).executeTakeFirst();
  return row?.id;
}

/** Where the links lead: what people call the server, or where it listens here. */
function baseUrl(): string {
  const { publicUrl, host, port } = loadConfig(process.env, workingFolder());
  return publicUrl ?? `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
