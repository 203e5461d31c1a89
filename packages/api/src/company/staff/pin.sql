-- Takes one attempt at a PIN before it is looked at: of this person at this till, and of this person anywhere (nil
-- till). { "open": false, "lockedUntil" } while locked; else what is left if this one is wrong too.
create or replace function public.take_pin_attempt(
  p_staff uuid, p_till uuid, p_now timestamptz, p_till_max int, p_staff_max int, p_lock_seconds int
) returns jsonb language plpgsql as $$
declare
  v_anywhere constant uuid := '00000000-0000-0000-0000-000000000000';
  v_locked timestamptz;
  v_left int;
begin
  insert into public.pin_guard (staff_id, till_id, wrong) values (p_staff, v_anywhere, 0), (p_staff, p_till, 0)
  on conflict do nothing;
  perform 1 from public.pin_guard where staff_id = p_staff and till_id in (v_anywhere, p_till) order by till_id for update;
  update public.pin_guard set wrong = 0, locked_until = null
  where staff_id = p_staff and till_id in (v_anywhere, p_till) and locked_until <= p_now;

  select max(locked_until) into v_locked from public.pin_guard
  where staff_id = p_staff and till_id in (v_anywhere, p_till);
  if v_locked is not null then
    return jsonb_build_object('open', false, 'attemptsLeft', 0, 'lockedUntil', v_locked);
  end if;

  update public.pin_guard set
    wrong = wrong + 1,
    locked_until = case when wrong + 1 >= case till_id when v_anywhere then p_staff_max else p_till_max end
      then p_now + make_interval(secs => p_lock_seconds) end
  where staff_id = p_staff and till_id in (v_anywhere, p_till);
  select min(case till_id when v_anywhere then p_staff_max else p_till_max end - wrong), max(locked_until)
  into v_left, v_locked
  from public.pin_guard where staff_id = p_staff and till_id in (v_anywhere, p_till);
  return jsonb_build_object('open', true, 'attemptsLeft', v_left, 'lockedUntil', v_locked);
end $$;
