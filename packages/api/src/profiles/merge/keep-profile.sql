-- Who writes something for a shopper found a moment ago holds on to the profile until the transaction ends, so that it is
-- not merged away in between and the row left behind. One merged meanwhile is told as BUSY: tried again, the caller finds
-- the survivor. Before any other lock; a share of it stands in nobody's way but a merge's.
create or replace function public.keep_profile(p_profile uuid) returns void language plpgsql as $$
declare
  v_survivor uuid;
begin
  select merged_into into v_survivor from public.profile where id = p_profile for key share;
  if v_survivor is not null then
    raise exception 'the profile % was merged into %', p_profile, v_survivor using errcode = 'serialization_failure';
  end if;
end $$;
