-- First statement of every idempotent operation. null: the work is ours to do. Otherwise the stored reply of the same
-- request. Another request under the same key is refused. A concurrent twin waits here for the first to end.
create or replace function public.claim_request(p_scope text, p_key text, p_operation text, p_hash text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_known record;
begin
  insert into public.idempotency_record (scope, key, operation, content_hash, created_at)
  values (p_scope, p_key, p_operation, p_hash, p_now)
  on conflict (scope, key) do nothing;
  if found then return null; end if;
  select operation, content_hash, reply into v_known
  from public.idempotency_record where scope = p_scope and key = p_key;
  if v_known.operation <> p_operation or v_known.content_hash <> p_hash then
    perform public.refuse('IdempotencyConflict');
  end if;
  return v_known.reply;
end $$;

create or replace function public.keep_reply(p_scope text, p_key text, p_reply jsonb)
returns jsonb language plpgsql as $$
begin
  update public.idempotency_record set reply = p_reply where scope = p_scope and key = p_key;
  return p_reply;
end $$;
