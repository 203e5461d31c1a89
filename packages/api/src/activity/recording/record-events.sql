-- Stores a batch of events in one round trip. Names profile, identity and identity_key of the room below directly.
-- payload: { now, source, batch: uuid or null, settled,
--   people: [{ ref, id: uuid or null, index: blind index or null, creatable }] whom events name, each once,
--   devices: [{ index, profileId, identityId, sealed or null, masked }] they come from, each once; the ids of a visitor
--     where nobody is known by it,
--   events: [{ id, content, at, kind, who: ref or null, device: index or null, externalId, properties }], ids once,
--   rejected: [{ kind, count }] by the reader, told: [kind] of which `event.recorded` is written where it is a person's }
-- Answers { needs: { people: [ref], devices: [index], links: [{ device, profileId, at }] } } and has written nothing,
-- where a person is to be made, a device to be sealed, or a device to be given to somebody first (settled: it is not
-- asked again); else { created: [id], known: { id: content }, unknown: [id] }.
create or replace function public.record_events(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_people jsonb := public.event_people(payload -> 'people');
  v_devices jsonb := public.event_devices(payload -> 'devices');
  v_needs jsonb;
  v_created jsonb;
begin
  v_needs := public.event_needs(payload, v_people, v_devices);
  if v_needs is not null then return jsonb_build_object('needs', v_needs); end if;
  if public.make_visitors(payload, v_devices, v_now) then
    v_devices := public.event_devices(payload -> 'devices');
  end if;
  with told as materialized (
    select told.*, coalesce(v_people -> who ->> 'id', case when who is null then v_devices -> device ->> 'id' end)::uuid as owner
    from jsonb_to_recordset(payload -> 'events') as told (
      id uuid, content uuid, at timestamptz, kind text, who text, device text, "externalId" text, properties jsonb)
  ), claimed as (
    insert into public.event_key (id, content)
    select id, content from told where owner is not null order by id
    on conflict do nothing returning id
  ), stored as (
    insert into public.event (profile_id, occurred_at, id, kind, source, external_id, properties, recorded_at, batch_id)
    select owner, at, id, kind, payload ->> 'source', "externalId", properties, v_now, (payload ->> 'batch')::uuid
    from told join claimed using (id)
  ), counted as (
    insert into public.event_count as known (hour, source, kind, slot, recorded, rejected)
    select date_trunc('hour', v_now, 'UTC'), payload ->> 'source', kind, pg_backend_pid() % 8, sum(recorded), sum(rejected)
    from (
      select kind, 1 as recorded, 0 as rejected from told join claimed using (id)
      union all
      select kind, 0, 1 from told where owner is null
      union all
      select kind, 0, count from jsonb_to_recordset(payload -> 'rejected') as rejected (kind text, count integer)
    ) figure
    group by kind order by kind
    on conflict (hour, source, kind, slot) do update
      set recorded = known.recorded + excluded.recorded, rejected = known.rejected + excluded.rejected
  )
  select jsonb_build_object(
    'created', coalesce((select jsonb_agg(id) from claimed), '[]'),
    'unknown', coalesce((select jsonb_agg(id) from told where owner is null), '[]'))
  into v_created;
  if jsonb_array_length(payload -> 'told') > 0 then
    perform public.tell_events(payload, v_people, v_devices, v_created -> 'created');
  end if;
  return v_created || jsonb_build_object('known', public.events_known(payload, v_created));
end $$;

-- Tells of new events somebody reacts to: `event.recorded` { eventId, kind, source } of a person.
create or replace function public.tell_events(payload jsonb, p_people jsonb, p_devices jsonb, p_created jsonb)
returns void language plpgsql as $$
declare
  v_event record;
  v_owner jsonb;
begin
  for v_event in
    select * from jsonb_to_recordset(payload -> 'events') as told (id uuid, at timestamptz, kind text, who text, device text)
    where payload -> 'told' ? kind and p_created ? id::text order by at, id
  loop
    v_owner := coalesce(p_people -> v_event.who, case when v_event.who is null then p_devices -> v_event.device end);
    continue when v_owner ->> 'kind' is distinct from 'PERSON';
    perform public.write_event('event.recorded', (v_owner ->> 'id')::uuid, jsonb_build_object(
      'eventId', v_event.id, 'kind', v_event.kind, 'source', payload ->> 'source'), v_event.at);
  end loop;
end $$;

-- Hashes of those that were there already; a statement of its own, so that it sees what others wrote meanwhile.
create or replace function public.events_known(payload jsonb, p_answer jsonb) returns jsonb language plpgsql stable as $$
begin
  if jsonb_array_length(p_answer -> 'created') + jsonb_array_length(p_answer -> 'unknown')
    = jsonb_array_length(payload -> 'events') then return '{}'; end if;
  return (
    select coalesce(jsonb_object_agg(key.id, key.content), '{}')
    from jsonb_to_recordset(payload -> 'events') as told (id uuid) join public.event_key key using (id)
    where not p_answer -> 'created' ? told.id::text);
end $$;

-- Who is meant, by ref; locked against being merged away until the events are stored.
create or replace function public.event_people(p_people jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(ref, jsonb_build_object('id', id, 'kind', kind)), '{}') from (
    select named.ref, coalesce(survivor.merged_into, survivor.id) as id,
      case when survivor.merged_into is null then survivor.kind else 'PERSON' end as kind
    from jsonb_to_recordset(p_people) as named (ref text, id uuid, index text)
    left join public.identity_key key on key.blind_index = named.index
    join public.profile on profile.id = coalesce(named.id, key.profile_id)
    join public.profile survivor on survivor.id = coalesce(profile.merged_into, profile.id)
    where survivor.kind <> 'WALK_IN'
    order by survivor.id for key share of survivor
  ) found
$$;

-- Whose the devices are, by index, since when; locked likewise.
create or replace function public.event_devices(p_devices jsonb) returns jsonb language sql as $$
  select coalesce(jsonb_object_agg(index, jsonb_build_object('id', id, 'kind', kind, 'since', since)), '{}') from (
    select device.index, coalesce(owner.merged_into, owner.id) as id,
      case when owner.merged_into is null then owner.kind else 'PERSON' end as kind, identity.created_at as since
    from jsonb_to_recordset(p_devices) as device (index text)
    join public.identity_key key on key.blind_index = device.index
    join public.identity on identity.profile_id = key.profile_id and identity.id = key.identity_id
    join public.profile owner on owner.id = key.profile_id
    order by owner.id for key share of owner
  ) found
$$;

-- What the caller has to do first; null: nothing.
create or replace function public.event_needs(payload jsonb, p_people jsonb, p_devices jsonb)
returns jsonb language plpgsql as $$
declare
  v_people jsonb;
  v_devices jsonb;
  v_links jsonb;
begin
  if not coalesce((payload ->> 'settled')::boolean, false) then
    select jsonb_agg(ref) into v_people
    from jsonb_to_recordset(payload -> 'people') as named (ref text, creatable boolean)
    where creatable and not p_people ? ref;
    select jsonb_agg(jsonb_build_object('device', device, 'profileId', p_people -> who ->> 'id', 'at', at) order by at)
    into v_links
    from (
      select distinct on (device, who) id, device, who, at
      from jsonb_to_recordset(payload -> 'events') as told (id uuid, at timestamptz, who text, device text)
      where who is not null and device is not null and p_people -> who ->> 'kind' = 'PERSON'
        and (p_devices -> device is null or (
          p_devices -> device ->> 'id' <> p_people -> who ->> 'id'
          and (p_devices -> device ->> 'kind' = 'VISITOR' or (p_devices -> device ->> 'since')::timestamptz < at)))
        and not exists (select from public.event_key key where key.id = told.id)
      order by device, who, at desc
    ) link;
  end if;
  select jsonb_agg(index) into v_devices
  from jsonb_to_recordset(payload -> 'devices') as device (index text, sealed text)
  where sealed is null and not p_devices ? index;
  if v_people is null and v_links is null and v_devices is null then return null; end if;
  return jsonb_build_object('people', coalesce(v_people, '[]'), 'links', coalesce(v_links, '[]'),
    'devices', coalesce(v_devices, '[]'));
end $$;

-- A visitor for each device nobody is known by and somebody did something with. Answers whether there was any.
create or replace function public.make_visitors(payload jsonb, p_devices jsonb, p_now timestamptz)
returns boolean language plpgsql as $$
declare
  v_made jsonb;
begin
  if (select count(*) from jsonb_object_keys(p_devices)) = jsonb_array_length(payload -> 'devices') then return false; end if;
  with made as (
    insert into public.identity_key (blind_index, profile_id, identity_id)
    select index, "profileId", "identityId"
    from jsonb_to_recordset(payload -> 'devices') as device (index text, "profileId" uuid, "identityId" uuid)
    where not p_devices ? index and exists (
      select from jsonb_to_recordset(payload -> 'events') as told (id uuid, who text, device text)
      where told.device = device.index and told.who is null
        and not exists (select from public.event_key key where key.id = told.id))
    order by index
    on conflict do nothing returning blind_index
  )
  select jsonb_agg(blind_index) into v_made from made;
  if v_made is not null then
    insert into public.profile (id, kind, created_at, updated_at)
    select "profileId", 'VISITOR', p_now, p_now
    from jsonb_to_recordset(payload -> 'devices') as device (index text, "profileId" uuid) where v_made ? index;
    insert into public.identity (profile_id, id, kind, source, sealed, masked, blind_index, position, created_at)
    select "profileId", "identityId", 'DEVICE', payload ->> 'source', sealed, masked, index, 0, p_now
    from jsonb_to_recordset(payload -> 'devices')
      as device (index text, "profileId" uuid, "identityId" uuid, sealed text, masked text)
    where v_made ? index;
  end if;
  return true;
end $$;

-- What is to be joined, once everybody named is there. Payload of record_events; answers { needs } as it does.
create or replace function public.events_to_link(payload jsonb) returns jsonb language sql as $$
  select jsonb_build_object('needs', public.event_needs(payload,
    public.event_people(payload -> 'people'), public.event_devices(payload -> 'devices')))
$$;
