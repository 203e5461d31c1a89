-- What becomes of a failed job of the queue: tried again now with all its tries, or given up. It runs with its owner's
-- rights, because the queue's tables are closed to the application. { "id", "how": "RETRY" | "DROP" } → the job's name,
-- null for one that is not there, never failed, or is running. The queue lives by the database's clock, hence now().
create or replace function public.settle_job(payload jsonb) returns jsonb language plpgsql security definer
set search_path = pg_catalog, pg_temp as $$
declare
  v_id constant bigint := (payload ->> 'id')::bigint;
  v_name text;
begin
  select j.task_identifier into v_name from jobs.jobs j
  where j.id = v_id and j.last_error is not null and j.locked_at is null;
  if v_name is null then return null; end if;
  if payload ->> 'how' = 'RETRY' then
    perform jobs.reschedule_jobs(array[v_id], now(), null, 0, null);
  else
    perform jobs.complete_jobs(array[v_id]);
  end if;
  return to_jsonb(v_name);
end $$;
