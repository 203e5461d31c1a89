-- What a program owes, over all its accounts at once. Reads the tables of the ledger only; a pass over them, not a hot path.

-- Open points as they are at p_now whatever jobs have run: what became active by then is active, what expired is gone,
-- what is held waits for its purchase. By the months, of the program's zone, in which they expire (null: never) and
-- become active (null: they are). Answers { accounts, debt, parts: [{ expires, activates, active, pending, held }] }.
create or replace function public.liability_of(p_program uuid, p_zone text, p_now timestamptz)
returns jsonb language sql stable as $$
  with part as (
    select date_trunc('month', expire_at at time zone p_zone) as expires,
      case when pending > 0 and activate_at > p_now then date_trunc('month', activate_at at time zone p_zone) end as activates,
      sum(case when expire_at <= p_now then 0 when activate_at <= p_now then active + pending else active end) as active,
      sum(case when activate_at > p_now then pending else 0 end) as pending,
      sum(held) as held
    from public.lot where program_id = p_program and remaining > 0 group by 1, 2
  )
  select jsonb_build_object(
    'accounts', (select count(*) from public.loyalty_account
      where program_id = p_program and active + pending + held > 0),
    'debt', (select coalesce(-sum(debt), 0) from public.loyalty_account where program_id = p_program and debt < 0),
    'parts', (select coalesce(jsonb_agg(jsonb_build_object(
        'expires', to_char(expires, 'YYYY-MM'), 'activates', to_char(activates, 'YYYY-MM'),
        'active', active, 'pending', pending, 'held', held) order by expires, activates), '[]')
      from part where active + pending + held > 0))
$$;

-- What became of points, by the month in which it was booked, from a moment on: activated (granted points that can be
-- spent from then on), captured and restored, expired; matured and clawed are what left the freeze, to the shopper or
-- back with returned goods.
create or replace function public.points_flow(p_program uuid, p_zone text, p_from timestamptz)
returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(to_jsonb(flow) order by month), '[]') from (
    select to_char(date_trunc('month', journal.posted_at at time zone p_zone), 'YYYY-MM') as month,
      coalesce(sum(amount) filter (where account = 'member.active' and amount > 0 and kind in ('EARN', 'ACTIVATE', 'ADJUST')), 0) as activated,
      coalesce(sum(amount) filter (where account = 'program.redeemed' and kind in ('CAPTURE', 'OVERDRAFT')), 0) as captured,
      coalesce(-sum(amount) filter (where account = 'program.redeemed' and kind = 'RESTORE'), 0) as restored,
      coalesce(sum(amount) filter (where account = 'program.expired'), 0) as expired,
      coalesce(-sum(amount) filter (where account = 'member.pending' and kind = 'ACTIVATE'), 0) as matured,
      coalesce(-sum(amount) filter (where account = 'member.pending' and kind = 'CLAWBACK'), 0) as clawed
    from public.loyalty_journal journal
    join public.loyalty_entry entry on entry.profile_id = journal.profile_id and entry.journal_id = journal.id
    where journal.program_id = p_program and journal.posted_at >= p_from
      and kind in ('EARN', 'ACTIVATE', 'ADJUST', 'CAPTURE', 'OVERDRAFT', 'RESTORE', 'EXPIRE', 'CLAWBACK')
    group by 1
  ) flow
$$;
