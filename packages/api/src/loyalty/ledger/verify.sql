-- The invariants of the ledger (loyalty.md §3) over the whole database: one row a violation, none when all is well.
-- Tests, the nightly job and `clientele verify` call it.
create or replace function public.verify_ledger()
returns table (invariant text, profile_id uuid, facts jsonb) language sql stable as $$
  with
  entry as (
    select entry.profile_id, entry.journal_id, entry.account, entry.lot_id, entry.amount,
      journal.program_id, journal.kind, journal.order_id, journal.revision
    from public.loyalty_entry entry
    join public.loyalty_journal journal on journal.profile_id = entry.profile_id and journal.id = entry.journal_id
  ),
  account_entry as (
    select profile_id, program_id,
      coalesce(sum(amount) filter (where account = 'member.active'), 0) as active,
      coalesce(sum(amount) filter (where account = 'member.pending'), 0) as pending,
      coalesce(sum(amount) filter (where account = 'member.held'), 0) as held,
      coalesce(sum(amount) filter (where account = 'member.debt'), 0) as debt
    from entry group by profile_id, program_id
  ),
  account_lot as (
    select profile_id, program_id, sum(active) as active, sum(pending) as pending, sum(held) as held
    from public.lot group by profile_id, program_id
  ),
  account_journal as (
    select distinct on (profile_id, program_id) profile_id, program_id, revision, active_after, pending_after,
      held_after, debt_after, count(*) over (partition by profile_id, program_id) as journals
    from public.loyalty_journal order by profile_id, program_id, revision desc
  ),
  -- Of one lot in one journal: more came in than went out (a new lot filled by another), or the other way round.
  lot_journal as (
    select lot_id, journal_id, sum(amount) as crossing from entry where lot_id is not null group by lot_id, journal_id
  ),
  lot_crossing as (
    select lot_id, coalesce(sum(crossing) filter (where crossing > 0), 0) as moved_in,
      coalesce(-sum(crossing) filter (where crossing < 0), 0) as moved_out
    from lot_journal group by lot_id
  ),
  -- What a merge took out of a lot and its undoing put back again; what it put into a lot of its own opened that.
  lot_unmerged as (
    select lot_id, sum(amount) filter (where not opens) as put_back, -sum(amount) filter (where opens) as opened
    from (
      select entry.lot_id, entry.amount, lot.source = 'UNMERGE' and entry.amount < 0
        and row_number() over (partition by entry.lot_id order by entry.amount > 0, entry.revision) = 1 as opens
      from entry join public.lot on lot.profile_id = entry.profile_id and lot.id = entry.lot_id
      where entry.kind = 'UNMERGE' and entry.account = 'program.merged'
    ) unmerged group by lot_id
  ),
  lot_entry as (
    select lot_id,
      coalesce(sum(amount) filter (where account = 'member.pending'), 0) as pending,
      coalesce(sum(amount) filter (where account = 'member.active'), 0) as active,
      coalesce(sum(amount) filter (where account = 'member.held'), 0) as held,
      coalesce(sum(amount) filter (where account = 'program.redeemed'), 0) as redeemed,
      coalesce(sum(amount) filter (where account = 'program.expired'), 0) as expired,
      coalesce(sum(amount) filter (where account = 'program.adjusted' and amount > 0), 0) as adjusted,
      coalesce(sum(amount) filter (where account = 'program.issued' and amount > 0), 0) as clawed,
      coalesce(sum(amount) filter (where account = 'program.merged' and kind = 'MERGE' and amount > 0), 0) as merged,
      coalesce(sum(amount) filter (where account = 'member.debt'), 0) as repaid,
      coalesce(-sum(amount) filter (where amount < 0
        and (account in ('program.issued', 'program.adjusted') or account = 'program.merged' and kind = 'MERGE')), 0) as created
    from entry where lot_id is not null group by lot_id
  ),
  held_lot as (
    select hold.profile_id, hold.program_id, hold.order_id, hold.points as promised, part.lot_id, part.points
    from public.hold left join public.hold_lot part on part.profile_id = hold.profile_id and part.order_id = hold.order_id
    where hold.status = 'HELD'
  ),
  order_entry as (
    select order_id, program_id,
      coalesce(sum(amount) filter (where account = 'program.redeemed' and kind in ('CAPTURE', 'OVERDRAFT')), 0) as captured,
      coalesce(-sum(amount) filter (where account = 'program.redeemed' and kind = 'RESTORE'), 0) as restored,
      coalesce(-sum(amount) filter (where account = 'program.issued' and kind = 'EARN'), 0) as earned,
      coalesce(sum(amount) filter (where account = 'program.issued' and kind = 'CLAWBACK'), 0) as clawed
    from entry where order_id is not null group by order_id, program_id
  )

  select 'I1 a journal sums to zero', journal.profile_id, jsonb_build_object('journal', journal.id, 'sum', sum(entry.amount))
  from public.loyalty_journal journal
  left join public.loyalty_entry entry on entry.profile_id = journal.profile_id and entry.journal_id = journal.id
  group by journal.profile_id, journal.id having sum(entry.amount) is distinct from 0
  union all
  select 'I1 an entry has its journal', entry.profile_id, jsonb_build_object('journal', entry.journal_id)
  from public.loyalty_entry entry where not exists (
    select from public.loyalty_journal journal where journal.profile_id = entry.profile_id and journal.id = entry.journal_id)
  union all
  select 'I2 a lot is used up by what became of it', lot.profile_id, to_jsonb(lot) || to_jsonb(used) || to_jsonb(crossing)
  from public.lot left join lot_entry used on used.lot_id = lot.id left join lot_crossing crossing on crossing.lot_id = lot.id
  left join lot_unmerged unmerged on unmerged.lot_id = lot.id
  where lot.granted is distinct from used.created + crossing.moved_in + coalesce(unmerged.opened, 0)
    or lot.granted is distinct from lot.pending + lot.active + lot.held + used.redeemed + used.expired + used.adjusted
      + used.clawed + used.repaid + used.merged + coalesce(unmerged.put_back, 0) + crossing.moved_out
  union all
  select 'I3 balances have their sign', profile_id, to_jsonb(account)
  from public.loyalty_account account where active < 0 or pending < 0 or held < 0 or debt > 0
  union all
  select 'I4 no debt beside active points', profile_id, to_jsonb(account)
  from public.loyalty_account account where active > 0 and debt < 0
  union all
  select 'I5 what was issued is somewhere', null, jsonb_build_object('program', program_id, 'difference', difference)
  from (
    select program_id, sum(amount) as difference from (
      select program_id, active + pending + held + debt as amount from public.loyalty_account
      union all select program_id, amount from entry where account like 'program.%'
    ) side group by program_id
  ) total where difference <> 0
  union all
  select 'I5 merged points arrived', null, jsonb_build_object('program', program_id, 'difference', sum(amount))
  from entry where account = 'program.merged' group by program_id having sum(amount) <> 0
  union all
  select 'I6 what is held is promised to orders', account.profile_id, jsonb_build_object('held', account.held, 'promised', coalesce(held.points, 0))
  from public.loyalty_account account
  left join (select profile_id, program_id, sum(points) as points from held_lot group by profile_id, program_id) held
    on held.profile_id = account.profile_id and held.program_id = account.program_id
  where account.held <> coalesce(held.points, 0)
  union all
  select 'I6 a hold is the sum of its lots', profile_id, jsonb_build_object('order', order_id, 'promised', promised, 'lots', sum(points))
  from held_lot group by profile_id, order_id, promised having promised is distinct from sum(points)
  union all
  select 'I6 what is held of a lot is promised', lot.profile_id, jsonb_build_object('lot', lot.id, 'held', lot.held)
  from public.lot
  left join (select profile_id, lot_id, sum(points) as points from held_lot group by profile_id, lot_id) held
    on held.profile_id = lot.profile_id and held.lot_id = lot.id
  where lot.held <> coalesce(held.points, 0)
  union all
  select 'I7 an account is the sum of its entries, of its lots, and its last balance', account.profile_id,
    to_jsonb(account) || jsonb_build_object('entries', to_jsonb(posted), 'lots', to_jsonb(lots), 'last', to_jsonb(last))
  from public.loyalty_account account
  left join account_entry posted on posted.profile_id = account.profile_id and posted.program_id = account.program_id
  left join account_lot lots on lots.profile_id = account.profile_id and lots.program_id = account.program_id
  left join account_journal last on last.profile_id = account.profile_id and last.program_id = account.program_id
  where (account.active, account.pending, account.held, account.debt)
      is distinct from (coalesce(posted.active, 0), coalesce(posted.pending, 0), coalesce(posted.held, 0), coalesce(posted.debt, 0))
    or (account.active, account.pending, account.held)
      is distinct from (coalesce(lots.active, 0), coalesce(lots.pending, 0), coalesce(lots.held, 0))
    or (account.active, account.pending, account.held, account.debt, account.revision, account.revision)
      is distinct from (coalesce(last.active_after, 0), coalesce(last.pending_after, 0), coalesce(last.held_after, 0),
        coalesce(last.debt_after, 0), coalesce(last.revision, 0), coalesce(last.journals, 0))
  union all
  select 'I7 a posting has its account', posted.profile_id, to_jsonb(posted) from account_entry posted
  where not exists (select from public.loyalty_account account
    where account.profile_id = posted.profile_id and account.program_id = posted.program_id)
  union all
  select 'I7 a lot is the sum of its entries', lot.profile_id, to_jsonb(lot) || jsonb_build_object('entries', to_jsonb(used))
  from public.lot left join lot_entry used on used.lot_id = lot.id
  where (lot.pending, lot.active, lot.held) is distinct from (used.pending, used.active, used.held)
  union all
  select 'I8 an order gives back no more than it took', null, to_jsonb(total)
  from order_entry total where restored > captured or clawed > earned
  union all
  select 'what falls due is remembered', account.profile_id, jsonb_build_object('dueAt', due_at, 'next', next_due)
  from public.loyalty_account account,
    lateral (select public.loyalty_next_due(account.profile_id, account.program_id) as next_due) due
  where next_due < coalesce(due_at, 'infinity')
$$;
