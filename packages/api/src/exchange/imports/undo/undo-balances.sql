-- Undoing an import of opening balances: takes back the lots of which nothing is spent, held, expired or moved, each by a
-- journal of its own; the ledger is only ever added to. Names opening_balance of this room and the lots of the loyalty
-- room directly. payload: { runId, source, after (row_key), limit, now, actor }. Returns { undone, spent, last }.
create or replace function public.import_undo_balances(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_row public.opening_balance;
  v_lot public.lot;
  v_undone integer := 0;
  v_spent integer := 0;
  v_last text;
begin
  for v_row in
    select * from public.opening_balance
    where run_id = (payload ->> 'runId')::uuid and source = payload ->> 'source' and row_key > payload ->> 'after'
    order by row_key limit (payload ->> 'limit')::integer
  loop
    v_last := v_row.row_key;
    continue when v_row.undone_at is not null;
    perform 1 from public.loyalty_account
    where profile_id = v_row.profile_id and program_id = v_row.program_id and merged_into is null;
    if not found then
      v_spent := v_spent + 1;
      continue;
    end if;
    perform public.loyalty_bring_to_now(v_row.profile_id, v_row.program_id, v_now);
    select * into v_lot from public.lot where profile_id = v_row.profile_id and id = v_row.lot_id;
    if v_lot.id is null or v_lot.pending + v_lot.active <> v_lot.granted then
      v_spent := v_spent + 1;
      continue;
    end if;
    perform public.loyalty_post(v_row.profile_id, v_row.program_id, 'CLAWBACK', v_now, v_now,
      jsonb_build_object('actor', payload ->> 'actor', 'source', 'IMPORT'),
      array[case when v_lot.active > 0 then 'member.active' else 'member.pending' end, 'program.issued'],
      array[v_lot.id, v_lot.id], array[-v_lot.granted, v_lot.granted]);
    update public.opening_balance set undone_at = v_now where source = v_row.source and row_key = v_row.row_key;
    v_undone := v_undone + 1;
  end loop;
  return jsonb_build_object('undone', v_undone, 'spent', v_spent, 'last', v_last);
end $$;
