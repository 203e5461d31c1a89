import {
  deviceIdentity,
  identityIndex,
  placeOf,
  profileRefReader,
  type IdentityValue,
  type ProfileRef,
  type ProfileRefInput,
} from '../../profiles/index.ts';
import { readSetting } from '../../company/index.ts';
import type { Context } from '../../platform/context.ts';
import { InvalidInput, type InputProblem } from '../../platform/errors.ts';
import { InputProblems } from '../../platform/input-problems.ts';
import { isStorable } from '../../platform/json-names.ts';
import { ACTIVITY_SETTINGS } from '../activity-settings.ts';
import { checkProperties } from '../definitions/check-properties.ts';
import { isKindCode } from '../definitions/defined-kind.ts';
import { definedKinds } from '../definitions/read-definitions.ts';
import { checkJson } from './check-json.ts';
import { canonicalJson, contentHash, eventId } from './event-id.ts';

/** What happened, as the API takes it. */
export interface EventInput {
  id: string;
  kind: string;
  occurredAt: Date;
  profile?: ProfileRefInput | null | undefined;
  deviceId?: string | null | undefined;
  properties?: unknown;
}

export interface Device {
  readonly identity: IdentityValue;
  readonly blindIndex: string;
}

/** An event after reading: it may be stored, unless nobody is known by its person. */
export interface ReadEvent {
  readonly id: string;
  readonly externalId: string;
  readonly kind: string;
  readonly occurredAt: Date;
  readonly who: ProfileRef | null;
  readonly device: Device | null;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly content: string;
}

/** What is wrong with an event, by path from the event inwards. */
export interface RejectedEvent {
  readonly problems: InputProblem[];
}

const LONGEST_ID = 200;
const LONGEST_PROPERTIES = 32_768;
const DAY_MS = 86_400_000;

export function isRejected(event: ReadEvent | RejectedEvent): event is RejectedEvent {
  return 'problems' in event;
}

/**
 * Reads events of one source and one batch: what they share is looked at only once.
 * @param history somebody brings a file on purpose: events may be of any age
 */
export async function eventReader(
  ctx: Context,
  source: string,
  history: boolean,
): Promise<(input: EventInput) => ReadEvent | RejectedEvent> {
  const settings = await readSetting(ctx, ACTIVITY_SETTINGS);
  const kinds = await definedKinds(ctx);
  const readWho = personReader(ctx, source, (await placeOf(ctx)).country);
  const deviceOf = deviceReader(ctx, source);
  const now = ctx.clock.now().getTime();
  const latest = now + settings.aheadSeconds * 1_000;
  const oldest = history ? Number.NEGATIVE_INFINITY : now - settings.oldestDays * DAY_MS;

  return (input) => {
    const problems = new InputProblems();
    const externalId = readId(input.id, problems);
    const at = input.occurredAt.getTime();
    if (at > latest) problems.add(['occurredAt'], 'RANGE', 'has not happened yet');
    if (at < oldest) problems.add(['occurredAt'], 'RANGE', `is more than ${settings.oldestDays} days ago`);
    const properties = readProperties(input.properties, problems);
    const defined = kinds.get(input.kind);
    if (defined !== undefined) checkProperties(defined, properties, ['properties'], problems);
    else checkUndefined(input.kind, settings.acceptUndefined, problems);
    const who = readWho(input.profile, problems);
    const device = deviceOf(input.deviceId, problems);
    if (!input.profile && !input.deviceId)
      problems.add(['profile'], 'REQUIRED', 'neither a profile nor a device says whose it is');
    const text = problems.list.length > 0 ? '' : canonicalJson(properties);
    if (text.length > LONGEST_PROPERTIES)
      problems.add(['properties'], 'RANGE', `have ${LONGEST_PROPERTIES} characters of JSON at most`);
    if (problems.list.length > 0) return { problems: problems.list };
    const { kind, occurredAt } = input;
    const content = contentHash(kind, occurredAt, text);
    return {
      id: eventId(source, externalId),
      externalId,
      kind,
      occurredAt,
      who,
      device,
      properties,
      content,
    };
  };
}

function readId(id: string, problems: InputProblems): string {
  const text = problems.text(id, ['id'], LONGEST_ID) ?? '';
  if (!isStorable(text)) problems.add(['id'], 'FORMAT', 'holds characters that are none');
  return text;
}

function readProperties(value: unknown, problems: InputProblems): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value !== 'object' || Array.isArray(value)) {
    problems.add(['properties'], 'FORMAT', 'is an object of names and values');
    return {};
  }
  checkJson(value, ['properties'], problems);
  return value as Readonly<Record<string, unknown>>;
}

function checkUndefined(kind: string, accepted: boolean, problems: InputProblems): void {
  if (!isKindCode(kind))
    problems.add(['kind'], 'FORMAT', 'is 1 to 64 Latin letters, digits and _ . : -, a letter first');
  else if (!accepted) problems.add(['kind'], 'UNKNOWN', 'is a kind of event nobody described');
}

type Read<Value, Result> = (value: Value | null | undefined, problems: InputProblems) => Result | null;

/** A person named many times is read once; a number without a source is one of the system that records. */
function personReader(ctx: Context, source: string, country: string): Read<ProfileRefInput, ProfileRef> {
  const read = profileRefReader(ctx, country);
  const known = new Map<string, ProfileRef | InvalidInput>();
  const once = (input: ProfileRefInput): ProfileRef | InvalidInput => {
    const { external } = input;
    try {
      return read(
        external ? { external: { ...external, source: external.source ?? source } } : input,
        'profile',
      );
    } catch (error) {
      if (error instanceof InvalidInput) return error;
      throw error;
    }
  };
  return (input, problems) => {
    if (!input) return null;
    const key = JSON.stringify(input);
    const found = known.get(key) ?? once(input);
    known.set(key, found);
    if (!(found instanceof InvalidInput)) return found;
    problems.list.push(...found.problems);
    return null;
  };
}

function deviceReader(ctx: Context, source: string): Read<string, Device> {
  const known = new Map<string, Device | null>();
  return (deviceId, problems) => {
    if (deviceId === null || deviceId === undefined) return null;
    const before = known.get(deviceId);
    const device = before === undefined ? readDevice(ctx, source, deviceId) : before;
    known.set(deviceId, device);
    if (device === null) problems.add(['deviceId'], 'FORMAT', 'is a text of 1 to 200 characters');
    return device;
  };
}

function readDevice(ctx: Context, source: string, deviceId: string): Device | null {
  const identity = deviceIdentity(source, deviceId);
  if (identity === null || !isStorable(deviceId)) return null;
  return { identity, blindIndex: identityIndex(ctx.vault, identity) };
}
