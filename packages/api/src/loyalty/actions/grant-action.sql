-- Points for what a shopper did besides buying. Counted under the account's lock, so that events side by side keep
-- within what a rule and the program allow. Names the profile's table directly, as functions of hot paths may.
-- payload: { programId, profileId, rule, name, eventKey, onceKey or null, points, tiers: [] or null, tags: [] or null,
--   atMost: [{ times, from, to }], limits: [{ code, scope, rule, max, from, to }] with the bounds of the window the event
--   falls into (from inclusive, to exclusive, null: none), notAfter: moment or null, refused: reason or null, occurredAt,
--   activateAt, expireAt, now }
-- notAfter: nothing where the rule gave something later than that (birthdays that move).
-- Answers { id, profileId, points, reason, limit }; null where nobody is there to grant to, or the event was judged before.
create or replace function public.grant_action(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_program uuid := (payload ->> 'programId')::uuid;
  v_profile public.profile;
  v_account public.loyalty_account;
  v_family uuid[];
  v_grant public.action_grant;
begin
  select survivor.* into v_profile from public.profile asked
  join public.profile survivor on survivor.id = coalesce(asked.merged_into, asked.id)
  where asked.id = (payload ->> 'profileId')::uuid;
  if v_profile.id is null or v_profile.kind <> 'PERSON' or v_profile.erased_at is not null then return null; end if;
  v_account := public.loyalty_bring_to_now(v_profile.id, v_program, v_now);
  if v_account.status = 'CLOSED' then return null; end if;
  v_family := array(select public.loyalty_family(v_profile.id, v_program));
  if exists (select from public.action_grant where profile_id = any (v_family) and program_id = v_program
    and rule = payload ->> 'rule' and event_key = payload ->> 'eventKey') then return null; end if;

  v_grant.profile_id := v_profile.id;
  v_grant.id := uuidv7();
  v_grant.program_id := v_program;
  v_grant.rule := payload ->> 'rule';
  v_grant.name := payload ->> 'name';
  v_grant.event_key := payload ->> 'eventKey';
  v_grant.once_key := payload ->> 'onceKey';
  v_grant.wanted := (payload ->> 'points')::bigint;
  v_grant.points := v_grant.wanted;
  v_grant.taken_back := 0;
  v_grant.occurred_at := (payload ->> 'occurredAt')::timestamptz;
  v_grant.decided_at := v_now;
  v_grant.reason := public.action_refused(payload, v_family, v_account.tier_code, v_profile.tags);
  if v_grant.reason is not null then
    v_grant.points := 0;
  else
    v_grant := public.action_within_limits(v_grant, payload -> 'limits', v_family);
  end if;
  v_grant.lot_id := public.loyalty_earn(v_grant.profile_id, v_program, 'EVENT', v_grant.id, v_grant.rule, v_grant.points,
    v_grant.occurred_at, (payload ->> 'activateAt')::timestamptz, (payload ->> 'expireAt')::timestamptz, v_now, null,
    'system', v_grant.name);
  insert into public.action_grant select v_grant.*;
  return jsonb_build_object('id', v_grant.id, 'profileId', v_grant.profile_id, 'points', v_grant.points,
    'reason', v_grant.reason, 'limit', v_grant.limit_code);
end $$;

-- Why the rule gives this shopper nothing now; null: it gives. The account is locked.
create or replace function public.action_refused(payload jsonb, p_family uuid[], p_tier text, p_tags text[])
returns text language plpgsql stable as $$
declare
  v_program uuid := (payload ->> 'programId')::uuid;
  v_most jsonb;
begin
  if payload ->> 'refused' is not null then return payload ->> 'refused'; end if;
  if jsonb_array_length(payload -> 'tiers') > 0 and not coalesce(payload -> 'tiers' ? p_tier, false)
    or jsonb_array_length(payload -> 'tags') > 0
      and not payload -> 'tags' ?| p_tags then return 'AUDIENCE'; end if;
  if payload ->> 'onceKey' is not null and exists (
    select from public.action_grant where profile_id = any (p_family) and program_id = v_program
      and rule = payload ->> 'rule' and once_key = payload ->> 'onceKey' and points > 0) then return 'ONCE'; end if;
  if payload ->> 'notAfter' is not null and exists (
    select from public.action_grant where profile_id = any (p_family) and program_id = v_program
      and rule = payload ->> 'rule' and points > 0
      and occurred_at > (payload ->> 'notAfter')::timestamptz) then return 'BIRTHDAY_MOVED'; end if;
  for v_most in select * from jsonb_array_elements(payload -> 'atMost') loop
    if (v_most ->> 'times')::integer <= (
      select count(*) from public.action_grant where profile_id = any (p_family) and program_id = v_program
        and rule = payload ->> 'rule' and points > 0
        and (v_most ->> 'from' is null or occurred_at >= (v_most ->> 'from')::timestamptz)
        and (v_most ->> 'to' is null or occurred_at < (v_most ->> 'to')::timestamptz)) then return 'AT_MOST'; end if;
  end loop;
  return null;
end $$;

-- Cuts a grant to what the limits of the program's earning leave; the tightest is named.
create or replace function public.action_within_limits(p_grant public.action_grant, p_limits jsonb, p_family uuid[])
returns public.action_grant language plpgsql as $$
declare
  v_grant public.action_grant := p_grant;
  v_limit jsonb;
  v_left bigint;
begin
  for v_limit in select * from jsonb_array_elements(p_limits) loop
    if v_limit ->> 'scope' = 'PROGRAM' then
      -- One counter for all shoppers, purchases too (`terms_by_limits`): whoever grants next waits.
      perform pg_advisory_xact_lock(hashtextextended(v_grant.program_id::text || (v_limit ->> 'code'), 0));
    end if;
    v_left := greatest(0, (v_limit ->> 'max')::bigint - public.loyalty_granted_within(v_grant.program_id,
      case when v_limit ->> 'scope' <> 'PROGRAM' then p_family end, v_limit ->> 'rule',
      (v_limit ->> 'from')::timestamptz, (v_limit ->> 'to')::timestamptz));
    if v_left < v_grant.points then
      v_grant.points := v_left;
      v_grant.reason := 'LIMIT';
      v_grant.limit_code := v_limit ->> 'code';
    end if;
  end loop;
  return v_grant;
end $$;

-- Points granted by purchases and actions in a window: to some profiles or (null) to everybody, by one rule or any.
create or replace function public.loyalty_granted_within(
  p_program uuid, p_profiles uuid[], p_rule text, p_from timestamptz, p_to timestamptz
) returns bigint language plpgsql stable as $$
begin
  -- Two statements: the one about some profiles goes by their key.
  if p_profiles is null then
    return (
      select coalesce(sum(granted), 0) from public.lot
      where program_id = p_program and source in ('ORDER', 'EVENT') and (p_rule is null or rule_id = p_rule)
        and earned_at >= coalesce(p_from, '-infinity') and earned_at < coalesce(p_to, 'infinity'));
  end if;
  return (
    select coalesce(sum(granted), 0) from public.lot
    where profile_id = any (p_profiles)
      and program_id = p_program and source in ('ORDER', 'EVENT') and (p_rule is null or rule_id = p_rule)
      and earned_at >= coalesce(p_from, '-infinity') and earned_at < coalesce(p_to, 'infinity'));
end $$;
