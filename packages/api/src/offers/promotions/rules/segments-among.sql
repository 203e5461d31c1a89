-- Which of the segments named a person is in, as a list of ids. Names tables of the room below directly, for the till's one
-- round trip. Null: none is named, nobody is known, or nothing can be told of this person: they were not looked at yet, or
-- could not be.
create or replace function public.segments_among(p_person uuid, p_named jsonb) returns jsonb language plpgsql stable as $$
begin
  if p_person is null or jsonb_typeof(p_named) is distinct from 'array' or p_named = '[]' then return null; end if;
  return (
    select coalesce((
      select jsonb_agg(segment.id) from public.segment
      where segment.id = any (array(select jsonb_array_elements_text(p_named)::uuid))
        and segment.live_condition is not null and segment.number = any (own.segments)), '[]')
    from public.profile_segment own where own.profile_id = p_person and own.failed_at is null);
end $$;
