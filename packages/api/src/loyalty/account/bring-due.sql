-- In bulk what every operation does for its own account: so that notices go out in time. An account somebody works on
-- is left to them. Returns how many were brought to p_now.
create or replace function public.loyalty_bring_due(p_now timestamptz, p_limit integer)
returns integer language plpgsql as $$
declare
  v_account record;
  v_count integer := 0;
begin
  for v_account in
    select profile_id, program_id from public.loyalty_account
    where due_at <= p_now order by due_at limit p_limit for update skip locked
  loop
    perform public.loyalty_bring_to_now(v_account.profile_id, v_account.program_id, p_now);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- Tells once per shopper, day of expiry and notice (p_days before it) what is about to expire: `points.expiring`.
-- Where several notices are due at once, only the last is given. Returns how many were told.
create or replace function public.loyalty_announce_expiry(p_days integer[], p_now timestamptz)
returns integer language plpgsql as $$
declare
  v_notice record;
  v_count integer := 0;
begin
  for v_notice in
    with ending as (
      select lot.profile_id, lot.program_id, (lot.expire_at at time zone program.timezone)::date as day,
        min(lot.expire_at) as expire_at, sum(lot.active + lot.pending) as points
      from public.lot join public.program on program.id = lot.program_id
      where lot.remaining > 0 and lot.expire_at > p_now
        and lot.expire_at <= p_now + make_interval(days => (select max(days) from unnest(p_days) days))
      group by lot.profile_id, lot.program_id, day
    ), notice as (
      insert into public.expiry_notice (profile_id, program_id, day, days_before, noticed_at)
      select profile_id, program_id, day,
        (select min(days) from unnest(p_days) days where expire_at <= p_now + make_interval(days => days)), p_now
      from ending where points > 0
      on conflict do nothing
      returning profile_id, program_id, day, days_before
    )
    select notice.*, ending.points, ending.expire_at, account.active
    from notice join ending using (profile_id, program_id, day)
    join public.loyalty_account account using (profile_id, program_id)
  loop
    perform public.write_event('points.expiring', v_notice.profile_id, jsonb_build_object(
      'programId', v_notice.program_id, 'points', v_notice.points, 'expireAt', v_notice.expire_at,
      'day', v_notice.day, 'daysBefore', v_notice.days_before, 'active', v_notice.active), p_now);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;
