-- The ledger of points (double entry). Everything that moves points goes through the functions of this folder; each
-- posts journals whose entries sum to zero and keeps the caches of account and lots in one place, `loyalty_post`.
--
-- How the functions are composed (orders, events, corrections):
--   1. public.loyalty_bring_to_now(profile, program, now)  locks the account (FOR UPDATE), does what is due, returns it
--   2. one or more of the operations below, in the same transaction
-- Two accounts: public.loyalty_lock_accounts(program, array[a, b], now) first, so that they are locked in id order.
-- `now` is always passed in; points are whole and ≥ 0; `actor` is e.g. 'till:<id>'. Nothing here reads a clock.
--
-- | function                                                                           | returns              | refuses            |
-- |------------------------------------------------------------------------------------|----------------------|--------------------|
-- | loyalty_lock_account(profile, program, now)                                        | loyalty_account      |                    |
-- | loyalty_lock_accounts(program, profiles uuid[], now)                               | void                 |                    |
-- | loyalty_bring_to_now(profile, program, now)                                        | loyalty_account      |                    |
-- | loyalty_hold(profile, program, order, points, expires_at, now, actor, fitting)     | void                 | InsufficientPoints {available, requested}, AccountBlocked {status} |
-- |   replaces a hold of the same order; points 0 only releases it                     |                      |                    |
-- | loyalty_release(profile, order, 'RELEASED' or 'EXPIRED', now, actor)               | bigint released      |                    |
-- | loyalty_capture(profile, order, now, actor)                                        | bigint captured      |                    |
-- |   0 where nothing is held (never was, or no more: then loyalty_spend_late)         |                      |                    |
-- | loyalty_spend_late(profile, program, order, points, now, actor)                    | bigint overdrawn     |                    |
-- | loyalty_earn(profile, program, source, source_id, rule_id, points, earned_at,      | uuid of the lot      |                    |
-- |              activate_at, expire_at, now, order, actor, reason)                    |   null for 0 points  |                    |
-- | loyalty_restore(profile, program, order, return, points, settings, return_at, now, | jsonb {restored,     |                    |
-- |                 actor)                                                             |   expired, repaid}   |                    |
-- | loyalty_clawback(profile, program, order, return, points, settings, now, actor)    | jsonb {clawed, debt, |                    |
-- |   clawed counts what became debt; shortage is left for the refund or for nobody    |   shortage}          |                    |
-- | loyalty_adjust(profile, program, points, reason, activate_at, expire_at,           | jsonb balance        | InsufficientPoints, AccountBlocked, |
-- |                allow_debt, now, actor, request_id)                                 |                      | TooManyPoints      |
-- | loyalty_merge_accounts(from_profile, to_profile, now, actor, request)              | jsonb facts for undo |                    |
-- | loyalty_unmerge_accounts(from_profile, to_profile, facts, orders, what_remains,    | void                 | PointsSpentSinceMerge {spent, available}, |
-- |                          now, actor, request)                                      |                      | PurchaseInProgress {holdExpiresAt} |
-- | loyalty_balance(profile, program)                                                  | jsonb {active, pending, held, debt, status} | |
-- | loyalty_account_facts(profile, program)                                            | jsonb for TypeScript's projection, see read-accounts.ts | |
-- | loyalty_raise_incident(profile, kind, order, facts, now)                           | void                 |                    |
-- | loyalty_version_at(program, at)                                                    | program_version or no row |               |
-- | loyalty_end_of_day(from, days, zone)                                               | timestamptz          |                    |
--
-- `settings` is the JSON of the order's program version (ProgramSettings).

-- Locks the account's row for the rest of the transaction; a missing one is made first.
create or replace function public.loyalty_lock_account(p_profile uuid, p_program uuid, p_now timestamptz)
returns public.loyalty_account language plpgsql as $$
declare
  v_account public.loyalty_account;
begin
  select * into v_account from public.loyalty_account
  where profile_id = p_profile and program_id = p_program for update;
  if not found then
    insert into public.loyalty_account (profile_id, program_id, opened_at) values (p_profile, p_program, p_now)
    on conflict (profile_id, program_id) do nothing;
    select * into v_account from public.loyalty_account
    where profile_id = p_profile and program_id = p_program for update;
  end if;
  if v_account.merged_into is not null then
    -- The profile was merged while the caller was on its way: tried again, it finds the survivor.
    raise exception 'the account of % was merged into %', p_profile, v_account.merged_into
      using errcode = 'serialization_failure';
  end if;
  return v_account;
end $$;

-- Locks several accounts in one order everywhere, so that two callers never wait for each other in a ring.
create or replace function public.loyalty_lock_accounts(p_program uuid, p_profiles uuid[], p_now timestamptz)
returns void language plpgsql as $$
declare
  v_profile uuid;
begin
  for v_profile in select distinct profile from unnest(p_profiles) profile where profile is not null order by profile loop
    perform public.loyalty_lock_account(v_profile, p_program, p_now);
  end loop;
end $$;

-- Posts one journal: the only place where entries are written and where caches of lots and account change. The account
-- must be locked. p_about: { orderId, returnId, actor, reason, requestId }. p_due_at: a moment (besides those of the
-- lots concerned) at which something of the account falls due.
create or replace function public.loyalty_post(
  p_profile uuid, p_program uuid, p_kind text, p_occurred_at timestamptz, p_now timestamptz, p_about jsonb,
  p_accounts text[], p_lots uuid[], p_amounts bigint[], p_due_at timestamptz default null
) returns void language plpgsql as $$
declare
  v_journal uuid := uuidv7();
  v_active bigint := 0;
  v_pending bigint := 0;
  v_held bigint := 0;
  v_debt bigint := 0;
  v_program bigint := 0;
  v_due_at timestamptz;
  v_points bigint;
  v_account public.loyalty_account;
begin
  -- A loop, not a query: nearly every journal has two entries.
  for place in 1 .. cardinality(p_amounts) loop
    case p_accounts[place]
      when 'member.active' then v_active := v_active + p_amounts[place];
      when 'member.pending' then v_pending := v_pending + p_amounts[place];
      when 'member.held' then v_held := v_held + p_amounts[place];
      when 'member.debt' then v_debt := v_debt + p_amounts[place];
      else v_program := v_program + p_amounts[place];
    end case;
  end loop;
  if v_active + v_pending + v_held + v_debt + v_program is distinct from 0 then
    raise exception 'a % journal of % does not sum to zero', p_kind, p_profile;
  end if;

  v_due_at := public.loyalty_move_in_lots(p_profile, p_accounts, p_lots, p_amounts);
  update public.loyalty_account set
    active = active + v_active, pending = pending + v_pending, held = held + v_held, debt = debt + v_debt,
    revision = revision + 1, due_at = least(due_at, v_due_at, p_due_at)
  where profile_id = p_profile and program_id = p_program
  returning * into strict v_account;

  -- Between the member's own accounts nothing is gained or lost: what counts there is what can be spent.
  v_points := case when p_kind in ('ACTIVATE', 'DEBT_REPAY', 'HOLD', 'RELEASE') then v_active
    else v_active + v_pending + v_held + v_debt end;
  insert into public.loyalty_journal (profile_id, id, program_id, revision, kind, points, occurred_at, posted_at,
    order_id, return_id, actor, reason, request_id, active_after, pending_after, held_after, debt_after)
  values (p_profile, v_journal, p_program, v_account.revision, p_kind, v_points, p_occurred_at, p_now,
    (p_about ->> 'orderId')::uuid, (p_about ->> 'returnId')::uuid, coalesce(p_about ->> 'actor', 'system'),
    p_about ->> 'reason', p_about ->> 'requestId',
    v_account.active, v_account.pending, v_account.held, v_account.debt);
  insert into public.loyalty_entry (profile_id, journal_id, number, account, lot_id, amount)
  select p_profile, v_journal, number, account, lot, amount
  from unnest(p_accounts, p_lots, p_amounts) with ordinality as entry (account, lot, amount, number);
  perform public.loyalty_tell(v_journal, p_profile, p_kind, v_points, p_occurred_at, p_about, v_account);
end $$;

-- A journal that moves points of some lots from one account to another, lot by lot.
create or replace function public.loyalty_post_pairs(
  p_profile uuid, p_program uuid, p_kind text, p_occurred_at timestamptz, p_now timestamptz, p_about jsonb,
  p_from text, p_to text, p_lots uuid[], p_points bigint[], p_due_at timestamptz default null
) returns void language plpgsql as $$
declare
  v_accounts text[] := '{}';
  v_lots uuid[] := '{}';
  v_amounts bigint[] := '{}';
begin
  for place in 1 .. cardinality(p_lots) loop
    v_accounts := v_accounts || array[p_from, p_to];
    v_lots := v_lots || array[p_lots[place], p_lots[place]];
    v_amounts := v_amounts || array[-p_points[place], p_points[place]];
  end loop;
  perform public.loyalty_post(p_profile, p_program, p_kind, p_occurred_at, p_now, p_about, v_accounts, v_lots, v_amounts, p_due_at);
end $$;

-- Moves the lots' caches by the entries; entries of one lot stand side by side. Returns the first moment at which one
-- of these lots falls due.
create or replace function public.loyalty_move_in_lots(p_profile uuid, p_accounts text[], p_lots uuid[], p_amounts bigint[])
returns timestamptz language plpgsql as $$
declare
  v_count integer := cardinality(p_lots);
  v_pending bigint := 0;
  v_active bigint := 0;
  v_held bigint := 0;
  v_lot_due_at timestamptz;
  v_due_at timestamptz;
begin
  for place in 1 .. v_count loop
    case p_accounts[place]
      when 'member.pending' then v_pending := v_pending + p_amounts[place];
      when 'member.active' then v_active := v_active + p_amounts[place];
      when 'member.held' then v_held := v_held + p_amounts[place];
      else null;
    end case;
    continue when place < v_count and p_lots[place + 1] = p_lots[place];
    if v_pending <> 0 or v_active <> 0 or v_held <> 0 then
      update public.lot set pending = pending + v_pending, active = active + v_active, held = held + v_held
      where profile_id = p_profile and id = p_lots[place]
      returning least(case when pending > 0 then activate_at end, case when active > 0 then expire_at end)
      into strict v_lot_due_at;
      v_due_at := least(v_due_at, v_lot_due_at);
    end if;
    v_pending := 0;
    v_active := 0;
    v_held := 0;
  end loop;
  return v_due_at;
end $$;

-- One event a journal: account feeds, tills and journeys live on it.
create or replace function public.loyalty_tell(
  p_journal uuid, p_profile uuid, p_kind text, p_points bigint, p_occurred_at timestamptz, p_about jsonb,
  p_account public.loyalty_account
) returns void language plpgsql as $$
declare
  v_kinds constant jsonb := '{"EARN": "points.earned", "ACTIVATE": "points.activated", "CAPTURE": "points.redeemed",
    "EXPIRE": "points.expired", "RESTORE": "points.restored", "CLAWBACK": "points.clawed-back", "HOLD": "points.held",
    "RELEASE": "points.released", "ADJUST": "points.adjusted", "MERGE": "points.merged", "UNMERGE": "points.unmerged", "DEBT_REPAY": "debt.repaid",
    "OVERDRAFT": "points.overdrawn"}';
  v_payload jsonb := jsonb_build_object(
    'programId', p_account.program_id, 'journalId', p_journal, 'kind', p_kind, 'points', p_points,
    'active', p_account.active, 'pending', p_account.pending, 'held', p_account.held, 'debt', p_account.debt,
    'orderId', p_about ->> 'orderId', 'returnId', p_about ->> 'returnId', 'source', p_about ->> 'source',
    'reason', p_about ->> 'reason');
begin
  perform public.write_event(v_kinds ->> p_kind, p_profile, v_payload, p_occurred_at);
  if p_account.debt < 0 and (p_about ->> 'debt')::bigint > 0 then
    perform public.write_event('debt.created', p_profile, v_payload || jsonb_build_object('created', (p_about ->> 'debt')::bigint), p_occurred_at);
  end if;
end $$;

-- Something went through that should not have: staff look at it. A rule that fails fails on every receipt: while the same
-- failure stands open it is not told again, so its facts hold nothing of one receipt. Of which store is known by the
-- number of the order (a table of orders, named here like the till's functions do).
create or replace function public.loyalty_raise_incident(
  p_profile uuid, p_kind text, p_order uuid, p_facts jsonb, p_now timestamptz
) returns void language plpgsql as $$
declare
  v_incident uuid := uuidv7();
begin
  if p_kind = 'RULE_FAILED' and exists (
    select from public.incident where closed_at is null and kind = 'RULE_FAILED' and facts = p_facts) then
    return;
  end if;
  insert into public.incident (profile_id, id, kind, order_id, store_id, facts, occurred_at)
  values (p_profile, v_incident, p_kind, p_order, (select store_id from public.order_key where order_id = p_order),
    p_facts, p_now);
  perform public.write_event('incident.raised', p_profile,
    jsonb_build_object('incidentId', v_incident, 'kind', p_kind, 'orderId', p_order), p_now);
end $$;
