-- Writes one event; called by posting functions inside their transaction. p_profile_id null: nobody's.
create or replace function public.write_event(p_kind text, p_profile_id uuid, p_payload jsonb, p_occurred_at timestamptz)
returns void language sql as $$
  insert into public.outbox_event (profile_id, id, kind, payload, occurred_at)
  values (coalesce(p_profile_id, '00000000-0000-0000-0000-000000000000'), uuidv7(), p_kind, p_payload, p_occurred_at);
$$;
