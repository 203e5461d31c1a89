-- Accounts as they were posted last; what has fallen due since is up to the reader.

create or replace function public.loyalty_balance(p_profile uuid, p_program uuid)
returns jsonb language sql stable as $$
  select jsonb_build_object('active', active, 'pending', pending, 'held', held, 'debt', debt, 'status', status)
  from public.loyalty_account where profile_id = p_profile and program_id = p_program
$$;

-- What TypeScript needs to project an account to now (read-accounts.ts): null where there is no account yet.
create or replace function public.loyalty_account_facts(p_profile uuid, p_program uuid)
returns jsonb language sql stable as $$
  select jsonb_build_object(
    'status', account.status, 'active', account.active, 'pending', account.pending, 'held', account.held,
    'debt', account.debt, 'tierCode', account.tier_code, 'revision', account.revision,
    'lots', (
      select coalesce(jsonb_agg(jsonb_build_object('id', id, 'pending', pending, 'active', active, 'held', held,
        'activateAt', activate_at, 'expireAt', expire_at, 'restrictions', restrictions,
        'source', source, 'sourceId', source_id)), '[]')
      from public.lot where profile_id = p_profile and program_id = p_program and remaining > 0),
    'holds', (
      select coalesce(jsonb_agg(jsonb_build_object('orderId', order_id, 'points', points, 'expiresAt', expires_at,
        'lots', (select jsonb_agg(jsonb_build_object('lotId', lot_id, 'points', part.points) order by seq)
          from public.hold_lot part where part.profile_id = p_profile and part.order_id = hold.order_id))
        order by order_id), '[]')
      from public.hold where profile_id = p_profile and program_id = p_program and status = 'HELD'))
  from public.loyalty_account account where profile_id = p_profile and program_id = p_program
$$;
