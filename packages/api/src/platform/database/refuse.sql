-- A refusal raised inside SQL: everything the function did is rolled back, and callFunction() turns it into the
-- DomainError of that name with these facts.
create or replace function public.refuse(p_code text, p_facts jsonb default '{}') returns void language plpgsql as $$
begin
  raise exception using errcode = 'RFUSE', message = p_code, detail = p_facts::text;
end $$;
