-- Import of opening balances: posts the rows of one batch, each as one lot by the ledger's own function, all or nothing.
-- Names the table opening_balance of this room and, to judge, loyalty_account of the loyalty room directly.
-- payload: { source, runId, programId, now, actor, dryRun, rows: [{ key, profileId, points, activateAt, expireAt, hash }] }.
-- Returns the status of each row in their order: CREATED, UNCHANGED, CONFLICT, BLOCKED or RANGE (more than an account
-- may hold). A dry run reads only.
create or replace function public.import_post_balances(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_source text := payload ->> 'source';
  v_program uuid := (payload ->> 'programId')::uuid;
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_dry boolean := (payload ->> 'dryRun')::boolean;
  v_account public.loyalty_account;
  v_known public.opening_balance;
  v_status text;
  v_statuses jsonb := '[]';
  v_lot uuid;
  v_row record;
begin
  if not v_dry then
    perform public.loyalty_lock_accounts(v_program,
      (select array_agg((one ->> 'profileId')::uuid) from jsonb_array_elements(payload -> 'rows') one), v_now);
  end if;
  for v_row in
    select * from jsonb_to_recordset(payload -> 'rows') as r (key text, "profileId" uuid, points bigint,
      "activateAt" timestamptz, "expireAt" timestamptz, hash text)
  loop
    select * into v_known from public.opening_balance where source = v_source and row_key = v_row.key;
    select * into v_account from public.loyalty_account
    where profile_id = v_row."profileId" and program_id = v_program;
    v_status := case
      when v_known.lot_id is not null and v_known.undone_at is null and v_known.content_hash = v_row.hash then 'UNCHANGED'
      when v_known.lot_id is not null and v_known.undone_at is null then 'CONFLICT'
      when v_account.status is not null and v_account.status <> 'ACTIVE' then 'BLOCKED'
      when coalesce(v_account.active + v_account.pending + v_account.held, 0) + v_row.points > 2147483647 then 'RANGE'
      else 'CREATED'
    end;
    if v_status = 'CREATED' and not v_dry then
      perform public.loyalty_bring_to_now(v_row."profileId", v_program, v_now);
      v_lot := public.loyalty_earn(v_row."profileId", v_program, 'IMPORT', null, null, v_row.points, v_now,
        v_row."activateAt", v_row."expireAt", v_now, null, payload ->> 'actor', null);
      insert into public.opening_balance (source, row_key, profile_id, program_id, lot_id, run_id, points, content_hash, posted_at)
      values (v_source, v_row.key, v_row."profileId", v_program, v_lot, (payload ->> 'runId')::uuid, v_row.points,
        v_row.hash, v_now)
      on conflict (source, row_key) do update set profile_id = excluded.profile_id, program_id = excluded.program_id,
        lot_id = excluded.lot_id, run_id = excluded.run_id, points = excluded.points, content_hash = excluded.content_hash,
        posted_at = excluded.posted_at, undone_at = null;
    end if;
    v_statuses := v_statuses || to_jsonb(v_status);
  end loop;
  return v_statuses;
end $$;
