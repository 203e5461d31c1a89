-- Notes one batch: its counts, the records that could not be taken, and that earlier refused ones came right now.
-- { id, source, kind, now, accepted, unchanged, refused, failure, good: [key],
--   bad: [{ id, key, content, status, problems, about }] }; keys of bad are distinct and in order.
create or replace function public.report_intake(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_source text := payload->>'source';
  v_kind text := payload->>'kind';
  v_now timestamptz := (payload->>'now')::timestamptz;
begin
  insert into public.intake_delivery (id, source, kind, occurred_at, accepted, unchanged, refused, failure)
  values ((payload->>'id')::uuid, v_source, v_kind, v_now, (payload->>'accepted')::int,
    (payload->>'unchanged')::int, (payload->>'refused')::int, payload->>'failure');

  -- Most sources have nothing waiting: then this is one look into a small index.
  if exists (select from public.rejected_record where source = v_source and kind = v_kind and state = 'OPEN') then
    update public.rejected_record
    set state = 'CORRECTED', resolved_at = v_now, version = version + 1
    where source = v_source and kind = v_kind and state = 'OPEN'
      and key in (select jsonb_array_elements_text(payload->'good'));
  end if;

  insert into public.rejected_record (id, source, kind, key, content, corrected, status, problems, state, about, times,
    received_at, last_at, version)
  select (bad->>'id')::uuid, v_source, v_kind, bad->>'key', bad->>'content', false, bad->>'status', bad->'problems',
    'OPEN', array(select jsonb_array_elements_text(bad->'about')), 1, v_now, v_now, 1
  from jsonb_array_elements(payload->'bad') as bad
  on conflict (source, kind, key) where state = 'OPEN' do update
  set content = excluded.content, corrected = false, status = excluded.status, problems = excluded.problems,
    about = excluded.about, times = rejected_record.times + 1, last_at = excluded.last_at,
    version = rejected_record.version + 1;
  return 'null'::jsonb;
end $$;
