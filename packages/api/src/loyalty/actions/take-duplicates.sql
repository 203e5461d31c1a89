-- Two profiles that were thanked for the same thing turn out to be one person: what the other has left of its second
-- thanks is taken back before its points move (policy ONE_WELCOME), and given back exactly should the merge be undone.

-- Takes what is unspent of the grants of p_from that p_to was given too. The accounts are locked by this.
create or replace function public.loyalty_take_duplicates(p_from uuid, p_to uuid, p_now timestamptz, p_actor text, p_merge text)
returns void language plpgsql as $$
declare
  v_program uuid;
  v_grant public.action_grant;
begin
  for v_program in
    select distinct program_id from public.action_grant
    where profile_id in (select public.loyalty_family(p_from, program_id)) and once_key is not null and points > 0
    order by program_id
  loop
    perform public.loyalty_lock_accounts(v_program, array[p_from, p_to], p_now);
    perform public.loyalty_bring_to_now(p_from, v_program, p_now);
    for v_grant in
      select theirs.* from public.action_grant theirs
      where theirs.profile_id in (select public.loyalty_family(p_from, v_program)) and theirs.program_id = v_program
        and theirs.once_key is not null and theirs.points > theirs.taken_back and exists (
          select from public.action_grant own
          where own.profile_id in (select public.loyalty_family(p_to, v_program)) and own.program_id = v_program
            and own.rule = theirs.rule and own.once_key = theirs.once_key and own.points > 0)
      order by theirs.id
    loop
      perform public.loyalty_take_grant(v_grant, p_from, p_now, p_actor, p_merge);
    end loop;
  end loop;
end $$;

-- What is left of a grant's points in an account, in its own lot or in those split off it.
create or replace function public.loyalty_take_grant(
  p_grant public.action_grant, p_profile uuid, p_now timestamptz, p_actor text, p_merge text
) returns void language plpgsql as $$
declare
  v_lot record;
  v_taken bigint := 0;
  v_accounts text[] := '{}';
  v_lots uuid[] := '{}';
  v_amounts bigint[] := '{}';
begin
  for v_lot in
    with recursive part (id) as (
      select p_grant.lot_id
      union
      select lot.id from public.lot join part on part.id = lot.parent_lot_id
      where lot.profile_id in (select public.loyalty_family(p_profile, p_grant.program_id))
    )
    select lot.id, balance.account, balance.amount from part
    join public.lot on lot.profile_id = p_profile and lot.id = part.id, lateral (
      values ('member.pending', lot.pending), ('member.active', lot.active)) as balance (account, amount)
    where balance.amount > 0 order by lot.id
  loop
    v_accounts := v_accounts || array[v_lot.account, 'program.issued'];
    v_lots := v_lots || array[v_lot.id, v_lot.id];
    v_amounts := v_amounts || array[-v_lot.amount, v_lot.amount];
    v_taken := v_taken + v_lot.amount;
  end loop;
  if v_taken = 0 then return; end if;
  perform public.loyalty_post(p_profile, p_grant.program_id, 'CLAWBACK', p_now, p_now,
    jsonb_build_object('actor', p_actor, 'reason', 'ONE_WELCOME', 'requestId', p_merge), v_accounts, v_lots, v_amounts);
  update public.action_grant set taken_back = taken_back + v_taken
  where profile_id = p_grant.profile_id and id = p_grant.id;
end $$;

-- The merge is undone: what it took comes back as it was, in a lot with the same life; what has fallen due since then does.
create or replace function public.loyalty_give_duplicates_back(p_profile uuid, p_now timestamptz, p_actor text, p_merge text)
returns void language plpgsql as $$
declare
  v_journal public.loyalty_journal;
  v_part record;
  v_lot uuid;
  v_lots uuid[];
  v_accounts text[];
  v_amounts bigint[];
begin
  for v_journal in
    select * from public.loyalty_journal
    where profile_id = p_profile and kind = 'CLAWBACK' and reason = 'ONE_WELCOME' and request_id = p_merge
    order by program_id, revision
  loop
    perform public.loyalty_bring_to_now(p_profile, v_journal.program_id, p_now);
    v_lots := '{}';
    v_accounts := '{}';
    v_amounts := '{}';
    for v_part in
      select lot.*, taken.pending as to_pending, taken.active as to_active
      from (
        select lot_id, coalesce(-sum(amount) filter (where account = 'member.pending'), 0)::bigint as pending,
          coalesce(-sum(amount) filter (where account = 'member.active'), 0)::bigint as active
        from public.loyalty_entry where profile_id = p_profile and journal_id = v_journal.id group by lot_id
      ) taken join public.lot on lot.profile_id = p_profile and lot.id = taken.lot_id order by lot.id
    loop
      v_lot := public.loyalty_open_lot(p_profile, v_journal.program_id, 'UNMERGE', v_part.source_id, v_part.rule_id,
        v_part.to_pending + v_part.to_active, v_part.earned_at, v_part.activate_at, v_part.expire_at, v_part.id,
        v_part.restrictions);
      v_lots := v_lots || array[v_lot, v_lot, v_lot];
      v_accounts := v_accounts || array['program.issued', 'member.pending', 'member.active'];
      v_amounts := v_amounts || array[-v_part.to_pending - v_part.to_active, v_part.to_pending, v_part.to_active];
      update public.action_grant set taken_back = taken_back - v_part.to_pending - v_part.to_active
      where profile_id in (select public.loyalty_family(p_profile, v_journal.program_id))
        and lot_id = public.loyalty_lot_origin(p_profile, v_journal.program_id, v_part.id);
    end loop;
    perform public.loyalty_post_moved(p_profile, v_journal.program_id, p_now,
      jsonb_build_object('actor', p_actor, 'requestId', p_merge), v_accounts, v_lots, v_amounts);
    perform public.loyalty_repay_debt(p_profile, v_journal.program_id, p_now, p_now, jsonb_build_object('actor', p_actor));
    perform public.loyalty_bring_to_now(p_profile, v_journal.program_id, p_now);
  end loop;
end $$;

-- The lot that points were granted as, whatever they were split and moved into since.
create or replace function public.loyalty_lot_origin(p_profile uuid, p_program uuid, p_lot uuid)
returns uuid language sql stable as $$
  with recursive origin (id, parent) as (
    select id, parent_lot_id from public.lot where profile_id = p_profile and id = p_lot
    union
    select lot.id, lot.parent_lot_id from origin
    join public.lot on lot.profile_id in (select public.loyalty_family(p_profile, p_program)) and lot.id = origin.parent
  )
  select id from origin where parent is null
$$;
