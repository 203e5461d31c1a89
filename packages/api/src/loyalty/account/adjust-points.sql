-- The door of adjust-points.ts to the ledger; the request was claimed before.
create or replace function public.adjust_points(payload jsonb) returns jsonb language sql as $$
  select public.loyalty_adjust(
    (payload ->> 'profileId')::uuid, (payload ->> 'programId')::uuid, (payload ->> 'points')::bigint,
    payload ->> 'reason', (payload ->> 'activateAt')::timestamptz, (payload ->> 'expireAt')::timestamptz,
    (payload ->> 'allowDebt')::boolean, (payload ->> 'now')::timestamptz, payload ->> 'actor', payload ->> 'requestId')
$$;
