-- Counts one use against every limit at once, or against none: [{ "key", "seconds", "max" }]. null: counted.
-- Otherwise { "key", "retryAt" } of the limit that lasts longest. Limits up to 500 are exact at every moment of the
-- window; larger ones count from the first use and start over when the window ends.
create or replace function public.spend_usage(p_now timestamptz, p_limits jsonb) returns jsonb language plpgsql as $$
declare
  v_limit record;
  v_row public.usage_counter;
  v_retry timestamptz;
  v_refusal jsonb;
begin
  insert into public.usage_counter (key, window_seconds, moments, used, started_at)
  select l.key, l.seconds, '{}', 0, p_now from jsonb_to_recordset(p_limits) as l(key text, seconds int, max int)
  order by l.key, l.seconds
  on conflict do nothing;

  -- Always in this order, so that two callers never wait for each other in a ring.
  for v_limit in
    select l.* from jsonb_to_recordset(p_limits) as l(key text, seconds int, max int) order by l.key, l.seconds
  loop
    select * into v_row from public.usage_counter
    where key = v_limit.key and window_seconds = v_limit.seconds for update;
    v_retry := public.usage_free_at(v_row, v_limit.max, p_now);
    if v_retry > p_now and (v_refusal is null or v_retry > (v_refusal ->> 'retryAt')::timestamptz) then
      v_refusal := jsonb_build_object('key', v_limit.key, 'retryAt', v_retry);
    end if;
  end loop;
  if v_refusal is not null then return v_refusal; end if;

  update public.usage_counter u set
    moments = case when l.max > 500 then '{}'
      else array(select m from unnest(u.moments) m where m > p_now - make_interval(secs => l.seconds) order by m) || p_now end,
    used = case when u.started_at <= p_now - make_interval(secs => l.seconds) then 1 else u.used + 1 end,
    started_at = case when u.started_at <= p_now - make_interval(secs => l.seconds) then p_now else u.started_at end
  from jsonb_to_recordset(p_limits) as l(key text, seconds int, max int)
  where u.key = l.key and u.window_seconds = l.seconds;
  return null;
end $$;

-- When one more use fits into the window; not later than p_now: now.
create or replace function public.usage_free_at(p_row public.usage_counter, p_max int, p_now timestamptz)
returns timestamptz language plpgsql immutable as $$
declare
  v_window interval := make_interval(secs => p_row.window_seconds);
  v_inside timestamptz[];
begin
  if p_max > 500 then
    return case when p_row.used >= p_max then p_row.started_at + v_window else p_now end;
  end if;
  v_inside := array(select m from unnest(p_row.moments) m where m > p_now - v_window order by m);
  if cardinality(v_inside) < p_max then return p_now; end if;
  if p_max <= 0 then return p_now + v_window; end if;
  return v_inside[cardinality(v_inside) - p_max + 1] + v_window;
end $$;
