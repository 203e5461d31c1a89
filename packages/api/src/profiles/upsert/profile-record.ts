import type { Context } from '../../platform/context.ts';
import type { InputProblem } from '../../platform/errors.ts';
import {
  readConsents,
  type ConsentInput,
  type ConsentTextRecord,
  type ParsedConsent,
} from '../consents/record-consents.ts';
import {
  cardIdentity,
  emailIdentity,
  externalIdentity,
  identityIndex,
  phoneIdentity,
  type IdentityValue,
} from '../identities/identity.ts';
import {
  readPersonValues,
  type PersonFacts,
  type PersonInput,
  type PersonPatch,
} from '../person/person-values.ts';

/** One record of an upsert, as it comes in. */
export interface ProfileRecordInput extends PersonInput {
  externalId?: string | null | undefined;
  phones?: readonly string[] | null | undefined;
  emails?: readonly string[] | null | undefined;
  cards?: readonly string[] | null | undefined;
  consents?: readonly ConsentInput[] | null | undefined;
  /** When this was true at its source. */
  updatedAt?: Date | null | undefined;
}

export interface RecordIdentity {
  identity: IdentityValue;
  blindIndex: string;
  /** Where it stands in the record. */
  path: string[];
}

/** The lists a record may replace. */
export const LISTS = ['PHONE', 'EMAIL', 'CARD'] as const;
export type ListKind = (typeof LISTS)[number];

export interface ProfileRecord {
  externalId: string | null;
  external: RecordIdentity | null;
  /** A list that was given: what the profile has of this kind from now on, the first is shown. */
  lists: Partial<Record<ListKind, RecordIdentity[]>>;
  patch: PersonPatch;
  consents: ParsedConsent[];
  updatedAt: Date | null;
  problems: InputProblem[];
}

export interface RecordReader {
  ctx: Context;
  source: string;
  country: string;
  texts: readonly ConsentTextRecord[];
  facts: PersonFacts;
}

const MOST_OF_A_KIND = 20;

/** Reads a record; what is wrong with it is told in it. */
export function readProfileRecord(reader: RecordReader, input: ProfileRecordInput): ProfileRecord {
  const { patch, problems } = readPersonValues(input, reader.facts);
  const { consents, problems: consentProblems } = readConsents(input.consents ?? [], reader.texts);
  const record: ProfileRecord = {
    externalId: input.externalId ?? null,
    external: null,
    lists: {},
    patch,
    consents,
    updatedAt: input.updatedAt ?? null,
    problems: [...problems, ...consentProblems],
  };
  readExternal(reader, input, record);
  readList(reader, record, 'PHONE', 'phones', input.phones, (text) => phoneIdentity(text, reader.country));
  readList(reader, record, 'EMAIL', 'emails', input.emails, emailIdentity);
  readList(reader, record, 'CARD', 'cards', input.cards, cardIdentity);
  if (record.problems.length === 0 && identitiesOf(record).length === 0)
    record.problems.push({
      path: [],
      code: 'REQUIRED',
      message: 'an external id, phone, e-mail or card says who it is',
    });
  return record;
}

/** Everything the record says who it is by. */
export function identitiesOf(record: ProfileRecord): RecordIdentity[] {
  return [
    ...(record.external ? [record.external] : []),
    ...LISTS.flatMap((kind) => record.lists[kind] ?? []),
  ];
}

function readExternal(
  { ctx, source }: RecordReader,
  { externalId }: ProfileRecordInput,
  record: ProfileRecord,
): void {
  if (externalId === null || externalId === undefined) return;
  const identity = externalIdentity(source, externalId);
  if (identity) record.external = known(ctx, identity, ['externalId']);
  else
    record.problems.push({
      path: ['externalId'],
      code: 'FORMAT',
      message: 'is 1 to 200 printable characters',
    });
}

function readList(
  { ctx }: RecordReader,
  record: ProfileRecord,
  kind: ListKind,
  field: string,
  texts: readonly string[] | null | undefined,
  read: (text: string) => IdentityValue | null,
): void {
  if (texts === undefined) return;
  const list = new Map<string, RecordIdentity>();
  if ((texts?.length ?? 0) > MOST_OF_A_KIND)
    record.problems.push({ path: [field], code: 'TOO_MANY', message: `at most ${MOST_OF_A_KIND}` });
  for (const [index, text] of (texts ?? []).slice(0, MOST_OF_A_KIND).entries()) {
    const identity = read(text);
    if (identity === null)
      record.problems.push({
        path: [field, String(index)],
        code: 'FORMAT',
        message: `is no ${kind.toLowerCase()}`,
      });
    else {
      const one = known(ctx, identity, [field, String(index)]);
      if (!list.has(one.blindIndex)) list.set(one.blindIndex, one);
    }
  }
  record.lists[kind] = [...list.values()];
}

function known(ctx: Context, identity: IdentityValue, path: string[]): RecordIdentity {
  return { identity, blindIndex: identityIndex(ctx.vault, identity), path };
}
