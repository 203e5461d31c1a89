import { Writable } from 'node:stream';
import { expect, test } from 'vitest';
import { globalId, localId } from '../../platform/graphql/global-id.ts';
import { newId } from '../../platform/ids.ts';
import { createLog } from '../../platform/log.ts';
import { aCashier, aKey } from '../../testing/company.builders.ts';
import { useTestApp } from '../../testing/create-test-app.ts';
import { aPhone, lastCode } from '../../testing/profiles.builders.ts';
import { ask, send } from '../../testing/shopper-operations.ts';

const lines: string[] = [];
const destination = new Writable({
  write: (chunk: Buffer, _encoding, done) => {
    lines.push(chunk.toString());
    done();
  },
});

const it = useTestApp({ log: createLog('trace', destination) });

/** One shopper's whole way, wrong turns included. @returns what must be found nowhere */
async function walk(): Promise<string[]> {
  const ctx = it.app.context();
  const cashier = await aCashier(ctx, { pin: '73915' });
  const manager = await aCashier(ctx, { till: cashier.till, manager: true, pin: '48260' });
  const key = await aKey(ctx);
  const phone = aPhone();
  const email = `canary-${newId()}@mail.ru`;
  const { token } = cashier;
  const challenge = await ask(it.app, token, 'identify', { phone });
  const code = await lastCode(ctx, localId(challenge.id, 'ShopperChallenge') ?? '');
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await ask(it.app, token, 'confirm', { challengeId: challenge.id, code: wrong });
  await ask(it.app, token, 'confirm', {
    challengeId: challenge.id,
    waiver: { managerId: globalId('Staff', manager.id), managerPin: '48261', reason: `звонила ${phone}` },
  });
  const visit = await ask(it.app, token, 'confirm', {
    challengeId: challenge.id,
    code,
    enrolment: { givenName: 'Анна', email },
  });
  await ask(it.app, token, 'update', { requestId: newId(), visitId: visit.id, email: `x${email}` });
  await ask(it.app, key.token, 'upsert', {
    requestId: newId(),
    source: 'crm',
    profiles: [{ externalId: '1', phones: [phone, '123'], emails: [email], cards: ['4276550012345678'] }],
  });
  await send(it.app, 'ct_not-a-token', 'identify', { phone });
  return [
    phone.slice(2),
    phone.slice(1),
    email,
    '4276550012345678',
    code,
    token,
    key.token,
    '48260',
    '48261',
    '73915',
  ];
}

/** An unexpected fault in the middle of it: logged with its cause. */
async function fault(): Promise<string[]> {
  const ctx = it.app.context();
  const { token } = await aCashier(ctx, { pin: '90517' });
  const phone = aPhone();
  const challenge = await ask(it.app, token, 'identify', { phone });
  const code = await lastCode(ctx, localId(challenge.id, 'ShopperChallenge') ?? '');
  const asOwner = (statement: string) =>
    it.app.database.pool.query(`begin; set local role none; ${statement}; commit`);
  await asOwner('alter table visit rename to visit_gone');
  const email = `canary-${newId()}@mail.ru`;
  const input = { challengeId: challenge.id, code, enrolment: { email } };
  const answer = await send(it.app, token, 'confirm', input);
  await asOwner('alter table visit_gone rename to visit');
  expect(answer.errors).toMatchObject([{ message: 'Unexpected error.', extensions: { code: 'INTERNAL' } }]);
  expect(lines.join('')).toContain(answer.errors?.[0]?.extensions.errorId);
  return [phone.slice(2), phone.slice(1), email, code, token, '90517'];
}

/** A short secret stands alone: six digits in the middle of an id are none. */
function holds(content: string, secret: string): boolean {
  return secret.length > 8
    ? content.includes(secret)
    : new RegExp(`(?<![\\w-])${secret}(?![\\w-])`).test(content);
}

test('code, token, PIN, phone and e-mail stand neither in the log nor readable in any table', async () => {
  const secrets = [...(await walk()), ...(await fault())];
  const [phone] = secrets;
  it.app.context().log.info({ phone, input: { phone, code: phone } }, 'somebody logged too much');
  const { pool } = it.app.database;
  const { rows } = await pool.query<{ table: string }>(
    "select table_name as table from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
  );
  const places = new Map([['log', lines.join('')]]);
  for (const { table } of rows) {
    const { rows: content } = await pool.query<{ row: string }>(`select t::text as row from "${table}" t`);
    places.set(table, content.map(({ row }) => row).join('\n'));
  }
  expect(places.get('sign_in_challenge')).not.toBe('');
  for (const [place, content] of places)
    for (const secret of secrets) expect(holds(content, secret), `${secret} stands in ${place}`).toBe(false);
});
