-- Somebody is attached to a sale nobody known made. Names the audit's table directly, as functions of hot paths may.

-- What is asked before: the sale, who is meant, their account. Writes nothing.
-- payload: { now, client, visitId or profileId or blindIndex, sale: payload of read_sale }
create or replace function public.read_attachment(payload jsonb) returns jsonb language plpgsql stable as $$
declare
  v_visit public.visit;
  v_profile public.profile;
  v_sale jsonb := public.read_sale(payload -> 'sale');
begin
  select * into v_visit from public.visit
  where id = (payload ->> 'visitId')::uuid and client = payload ->> 'client'
    and expires_at > (payload ->> 'now')::timestamptz;
  v_profile := public.surviving_profile(coalesce(v_visit.profile_id, (payload ->> 'profileId')::uuid,
    (select profile_id from public.identity_key where blind_index = payload ->> 'blindIndex')));
  return jsonb_build_object(
    'sale', v_sale,
    'visit', case when v_visit.id is not null then jsonb_build_object('verified', v_visit.verified_at is not null) end,
    'profile', case when v_profile.kind = 'PERSON' then jsonb_build_object('id', v_profile.id, 'tags', to_jsonb(v_profile.tags),
      'tierCode', (select tier_code from public.loyalty_account where profile_id = v_profile.id
        and program_id = (v_sale #>> '{order,program_id}')::uuid)) end);
end $$;

-- Gives the sale to the shopper and grants what it would have earned.
-- payload: { scope, requestId, hash, now, actor, actorKind, actorId, orderId, revision, profileId, verified, planned,
--   terms, shares: [{ number, earnBase, earnShare }], perDay: most a day or null, dayStart }
-- Refuses StaleOrder, OrderHasShopper, AccountBlocked, TooManyAttached.
create or replace function public.attach_shopper(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_now timestamptz := (payload ->> 'now')::timestamptz;
  v_profile uuid := (payload ->> 'profileId')::uuid;
  v_reply jsonb := public.claim_request(payload ->> 'scope', payload ->> 'requestId', 'attachShopper', payload ->> 'hash', v_now);
  v_key public.order_key;
  v_order public.orders;
begin
  if v_reply is not null then return v_reply; end if;
  perform public.keep_profile(v_profile);
  v_key := public.order_place(jsonb_build_object('id', payload ->> 'orderId'));
  perform public.refuse_attaching(v_profile, v_key, payload);
  v_order := public.lock_order(v_key, v_now);
  if v_order.identified_at is not null then perform public.refuse('OrderHasShopper'); end if;
  if v_order.revision <> (payload ->> 'revision')::integer then perform public.refuse('StaleOrder'); end if;
  v_order := public.give_order(v_order, v_profile, payload);
  v_order := public.grant_planned(v_order, v_now, payload ->> 'actor');
  perform public.tell_order('order.shopper-attached', v_order, v_now);
  insert into public.audit_entry (id, occurred_at, actor_kind, actor_id, action, subject, facts)
  values (uuidv7(), v_now, payload ->> 'actorKind', payload ->> 'actorId', 'order.shopper-attached', 'order:' || v_order.id,
    jsonb_build_object('profileId', v_profile, 'earned', v_order.earned));
  return public.keep_reply(payload ->> 'scope', payload ->> 'requestId', jsonb_build_object(
    '__typename', 'ShopperAttached', 'orderId', v_order.id, 'earned', v_order.earned, 'activateAt', v_order.activate_at,
    'verified', payload -> 'verified') || public.order_shopper(v_order));
end $$;

-- Locks the shopper's account first, as all postings do; counts under its lock.
create or replace function public.refuse_attaching(p_profile uuid, p_key public.order_key, payload jsonb)
returns void language plpgsql as $$
declare
  v_program uuid;
  v_account public.loyalty_account;
begin
  select program_id into v_program from public.orders where profile_id = p_key.profile_id and id = p_key.order_id;
  if v_program is null then return; end if;
  v_account := public.loyalty_bring_to_now(p_profile, v_program, (payload ->> 'now')::timestamptz);
  if v_account.status <> 'ACTIVE' then perform public.refuse('AccountBlocked'); end if;
  if (payload ->> 'perDay')::integer <= (
    select count(*) from public.orders
    where profile_id = p_profile and attached_at >= (payload ->> 'dayStart')::timestamptz) then
    perform public.refuse('TooManyAttached');
  end if;
end $$;

create or replace function public.give_order(p_order public.orders, p_profile uuid, payload jsonb)
returns public.orders language plpgsql as $$
declare
  v_order public.orders := p_order;
begin
  v_order.identified_at := 'LATER';
  v_order.attached_at := (payload ->> 'now')::timestamptz;
  v_order.planned_earn := (payload ->> 'planned')::bigint;
  v_order.terms := payload -> 'terms';
  v_order.revision := v_order.revision + 1;
  v_order := public.move_order(v_order, p_profile);
  update public.order_line set earn_base = share."earnBase", earn_share = share."earnShare"
  from jsonb_to_recordset(payload -> 'shares') as share (number integer, "earnBase" bigint, "earnShare" bigint)
  where profile_id = p_profile and order_id = v_order.id and order_line.number = share.number;
  return v_order;
end $$;
