import { sql } from 'kysely';
import type { Context } from '../../platform/context.ts';
import { DomainError } from '../../platform/errors.ts';
import { newId } from '../../platform/ids.ts';
import { merge, undo } from '../merges.builders.ts';
import { someEvents } from '../segments.builders.ts';
import type { Happening } from './happenings.ts';
import { bringBack, buy } from './purchases.ts';
import type { World } from './world.ts';

/** The people of one run, and what was done to them that something later may refer to. */
export interface Run {
  readonly people: readonly string[];
  readonly merges: string[];
}

/** Writes it as the company's own rows. What cannot happen (any more) does not: the ways of random lives are not ours. */
export async function play(ctx: Context, world: World, run: Run, happening: Happening): Promise<void> {
  switch (happening.kind) {
    case 'BRING_BACK':
      return bringBack(ctx, run.people, happening);
    case 'UNDO': {
      const id = run.merges[happening.merge];
      return id === undefined ? undefined : unlessRefused(undo(ctx, id, { whatRemains: true }));
    }
    case 'CONSENT':
      return consent(ctx, world, run.people[happening.who] ?? '', happening);
    case 'MERGE': {
      const [who, into] = [happening.who, happening.into].map((place) => run.people[place] ?? '');
      if (who === into) return;
      return unlessRefused(join(ctx, run, await survivor(ctx, into ?? ''), await survivor(ctx, who ?? '')));
    }
    default:
      return ofPerson(ctx, world, await survivor(ctx, run.people[happening.who] ?? ''), happening);
  }
}

async function join(ctx: Context, run: Run, survivorId: string, otherId: string): Promise<void> {
  const { mergeId } = await merge(ctx, survivorId, otherId);
  run.merges.push(mergeId);
}

type OfPerson = Exclude<Happening, { kind: 'BRING_BACK' | 'UNDO' | 'CONSENT' | 'MERGE' }>;

async function ofPerson(ctx: Context, world: World, id: string, happening: OfPerson): Promise<void> {
  const now = ctx.clock.now();
  switch (happening.kind) {
    case 'BUY':
      return buy(ctx, world, id, happening);
    case 'EVENT':
      return someEvents(ctx, id, [
        { kind: happening.event, at: new Date(happening.at), properties: happening.properties },
      ]);
    case 'EDIT':
      return edit(ctx, world, id, happening.values);
    case 'ATTRIBUTE': {
      const value = JSON.stringify({ [world.attributes[happening.type]]: happening.value });
      await sql`update profile set attributes = attributes || ${value}::jsonb where id = ${id}`.execute(
        ctx.sql,
      );
      return;
    }
    case 'IDENTITY':
      return identity(ctx, id, happening);
    case 'POINTS': {
      const { points, active, ends } = happening;
      await sql`select public.loyalty_bring_to_now(${id}, ${world.programs[happening.program]}, ${now})`.execute(
        ctx.sql,
      );
      await sql`select public.loyalty_earn(${id}, ${world.programs[happening.program]}, 'IMPORT', null, null, ${points},
        ${now}, ${new Date(active)}, ${ends === null ? null : new Date(ends)}::timestamptz, ${now})`.execute(
        ctx.sql,
      );
      return;
    }
    case 'OWE':
      await sql`select public.loyalty_adjust(${id}, ${world.programs[happening.program]}, ${-happening.points}, 'a test',
        ${now}, null, true, ${now}, 'test')`.execute(ctx.sql);
      return;
    case 'TIER':
      await sql`select public.loyalty_bring_to_now(${id}, ${world.programs[happening.program]}, ${now})`.execute(
        ctx.sql,
      );
      await sql`update loyalty_account set tier_code = ${happening.tier}
        where profile_id = ${id} and program_id = ${world.programs[happening.program]}`.execute(ctx.sql);
      return;
    case 'CODE':
      return code(ctx, world, id, happening);
    case 'SNAPSHOT':
      await sql`insert into segment_snapshot_member (profile_id, snapshot_id)
        values (${id}, ${world.snapshots[happening.snapshot]}) on conflict do nothing`.execute(ctx.sql);
  }
}

async function edit(ctx: Context, { stores }: World, id: string, values: Record<string, unknown>) {
  const { preferred_store: place, ...columns } = values;
  const store = place === undefined ? {} : { preferred_store_id: stores[Number(place ?? 9)]?.id ?? null };
  if (Object.keys(values).length === 0) return;
  await ctx.sql
    .updateTable('profile')
    .set({ ...columns, ...store })
    .where('id', '=', id)
    .execute();
}

async function consent(
  ctx: Context,
  world: World,
  id: string,
  said: Extract<Happening, { kind: 'CONSENT' }>,
) {
  const text = world.consentTexts[said.text];
  await ctx.sql
    .insertInto('consent')
    .values({
      profile_id: id,
      id: newId(),
      text_id: text?.id ?? '',
      purpose: text?.purpose ?? 'PROCESSING',
      version: '1',
      channel: said.channel,
      topic: said.topic,
      granted: said.granted,
      source: 'test',
      note: null,
      given_at: new Date(said.at),
    })
    .execute();
}

async function identity(
  ctx: Context,
  id: string,
  { of, verified }: Extract<Happening, { kind: 'IDENTITY' }>,
) {
  const key = newId();
  const row = {
    profile_id: id,
    id: newId(),
    kind: of,
    source: '',
    sealed: key,
    masked: key,
    blind_index: key,
  };
  const now = ctx.clock.now();
  await ctx.sql
    .insertInto('identity')
    .values({ ...row, verified_at: verified ? now : null, position: 0, created_at: now })
    .execute();
  await ctx.sql
    .insertInto('identity_key')
    .values({ blind_index: key, profile_id: id, identity_id: row.id })
    .execute();
}

function moment(at: number | null): Date | null {
  return at === null ? null : new Date(at);
}

async function code(ctx: Context, world: World, id: string, given: Extract<Happening, { kind: 'CODE' }>) {
  const key = newId();
  await sql`insert into promo_code (id, pool_id, brand_id, key, code, state, profile_id, issued_at, valid_from, expires_at,
      used_at, created_at)
    values (${newId()}, ${world.pools[given.pool]}, ${world.shop.brandId}, ${key}, ${key},
      ${given.used ? 'USED' : 'ISSUED'}, ${id}, ${new Date(given.at)}, ${moment(given.from)}::timestamptz,
      ${moment(given.to)}::timestamptz, ${given.used ? new Date(given.at) : null}::timestamptz, ${ctx.clock.now()})`.execute(
    ctx.sql,
  );
}

/** Who answers for a profile now. */
export async function survivor(ctx: Context, id: string): Promise<string> {
  const row = await ctx.sql
    .selectFrom('profile')
    .select('merged_into')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.merged_into ?? id;
}

async function unlessRefused(doing: Promise<unknown>): Promise<void> {
  try {
    await doing;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
  }
}
