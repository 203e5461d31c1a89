-- Gives a task its one job, in the transaction that made the task. The queue belongs to the owner of the database: the
-- application's own role may not write into it, only ask for this. { "taskId" }
create or replace function public.enqueue_task(payload jsonb) returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform jobs.add_job('run-task', json_build_object('taskId', payload->>'taskId'),
    job_key => 'task:' || (payload->>'taskId'), max_attempts => 1);
  return 'null'::jsonb;
end $$;
