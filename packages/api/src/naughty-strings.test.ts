import { readdir, readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { globalId } from './platform/graphql/global-id.ts';
import { startTask } from './platform/tasks/index.ts';
import { asActor } from './testing/company.builders.ts';
import { useTestApp } from './testing/create-test-app.ts';
import { aPhone, aShopper } from './testing/profiles.builders.ts';
import { sharedData, sharedDataMissing } from './testing/shared-data.ts';
import { aSession } from './testing/staff.builders.ts';
import { runTasks } from './testing/tasks.builders.ts';

const it = useTestApp();

const UPDATE = `mutation ($input: UpdateCustomerInput!) { updateCustomer(input: $input) { __typename
  ... on CustomerUpdated { profile { version familyName tags attributes { code value } } }
  ... on InvalidInput { problems { path code } } } }`;
const DETACH = `mutation ($input: DetachIdentityInput!) { detachIdentity(input: $input) { __typename } }`;
const LIST = `query ($filter: CustomerFilter) { customers(filter: $filter, first: 5) { edges { node { ordersCount } } } }`;
const TIMELINE = `query ($id: ID!) { node(id: $id) { ... on Profile { timeline(kinds: [IDENTITY], first: 1) {
  edges { node { facts } } } } } }`;

interface Updated {
  updateCustomer: {
    __typename: string;
    profile: {
      version: number;
      familyName: string | null;
      tags: string[];
      attributes: { code: string; value: unknown }[];
    };
    problems?: { path: string[]; code: string }[];
  };
}

/** As a name or tag is kept: composed, single spaces, nothing around it. */
function kept(text: string): string {
  return text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
}

test.skipIf(sharedDataMissing)(
  'naughty strings through names, tags, attributes, reasons and the search, to the file and back (needs ../shared/data)',
  { timeout: 120_000 },
  async () => {
    const strings = JSON.parse(readFileSync(sharedData('naughty-strings/blns.json'), 'utf8')) as string[];
    const ctx = it.app.context();
    const { session, actor } = await aSession(ctx, ['OWNER']);
    const { id } = await aShopper(ctx);
    const profileId = globalId('Profile', id);
    const ask = <Data>(query: string, variables: Record<string, unknown>) =>
      it.app.graphql<Data>({ query, variables, session });
    let version = 1;
    const counts = { taken: 0, refused: 0 };
    const names: string[] = [];
    for (const naughty of strings) {
      const { data, status, errors } = await ask<Updated>(UPDATE, {
        input: { profileId, version, familyName: naughty, tags: [naughty], attributes: { naughty } },
      });
      expect([status, errors], naughty).toEqual([200, undefined]);
      const answer = data?.updateCustomer;
      if (answer?.__typename === 'CustomerUpdated') {
        counts.taken += 1;
        ({ version } = answer.profile);
        expect(answer.profile.familyName ?? '').toBe(kept(naughty));
        expect(answer.profile.tags).toEqual([kept(naughty)]);
        expect(answer.profile.attributes.find(({ code }) => code === 'naughty')?.value).toBe(naughty);
        names.push(kept(naughty));
      } else {
        counts.refused += 1;
        expect(
          answer?.problems?.map(({ code }) => code),
          naughty,
        ).toContain('FORMAT');
      }
      const found = await ask(LIST, { filter: { search: naughty, tag: naughty } });
      expect([found.status, found.errors], naughty).toEqual([200, undefined]);
    }
    // Refused are the empty one, those with control characters and those longer than a tag may be.
    expect(counts.taken + counts.refused).toBe(strings.length);
    expect(counts.taken).toBeGreaterThan(300);

    const reason = strings.find((one) => one.includes('<script>')) ?? '';
    const identity = await ctx.sql
      .selectFrom('identity')
      .select('id')
      .where('profile_id', '=', id)
      .executeTakeFirstOrThrow();
    await ask(DETACH, { input: { profileId, identityId: identity.id, reason } });
    const { data: told } = await ask<{ node: { timeline: { edges: { node: { facts: unknown } }[] } } }>(
      TIMELINE,
      { id: profileId },
    );
    expect(told?.node.timeline.edges[0]?.node.facts).toMatchObject({ reason });

    const last = names.at(-1) ?? '';
    await startTask(asActor(ctx, actor), {
      kind: 'customers.export-person',
      facts: { profileId: id, language: 'ru' },
    });
    await runTasks(ctx);
    const file = await exported('О человеке');
    const rows: string[][] = parse(file, { bom: true, delimiter: ';' });
    expect(rows.find(([, , field]) => field === 'Фамилия')?.[3]).toBe(
      /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(last) ? `'${last}` : last,
    );
  },
);

async function exported(mark: string): Promise<string> {
  const folder = join(it.app.config.dataDir, 'files');
  for (const name of await readdir(folder)) {
    const text = await readFile(join(folder, name), 'utf8');
    if (text.includes(mark)) return text;
  }
  throw new Error('nothing was exported');
}

test.each(['=HYPERLINK("http://evil","x")', '+7 (900) 000-00-00', '-2+3', '@SUM(A1)', '＝1+1'])(
  'a list in a file runs nothing: %s',
  async (familyName) => {
    const ctx = it.app.context();
    const { session } = await aSession(ctx, ['OWNER']);
    const shopper = await aShopper(ctx, { phone: aPhone() });
    await it.app.graphql({
      query: UPDATE,
      variables: {
        input: {
          profileId: globalId('Profile', shopper.id),
          version: 1,
          familyName,
          givenName: `"кавычки"; ${shopper.id}`,
        },
      },
      session,
    });
    const start = `mutation ($filter: CustomerFilter) { startCustomersExport(filter: $filter) { taskId } }`;
    await it.app.graphql({ query: start, variables: { filter: { search: shopper.phone } }, session });
    await runTasks(ctx);
    const rows: string[][] = parse(await exported(shopper.id), { bom: true, delimiter: ';' });
    expect(rows[1]?.slice(0, 2)).toEqual([`'${familyName}`, `"кавычки"; ${shopper.id}`]);
    expect(rows[1]?.[3]).toBe(`'${shopper.phone}`);
    expect(rows.length).toBe(2);
  },
);
