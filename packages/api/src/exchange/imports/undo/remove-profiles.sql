-- Undoing an import of people: removes those a run made and nobody has touched since. Works on tables of the profiles room
-- directly, and looks into every table where somebody who lived since would have rows.
-- payload: { profileIds, source, moment (of the run), life: [table] }. Returns { removed, used, changed }.
create or replace function public.import_remove_profiles(payload jsonb) returns jsonb language plpgsql as $$
declare
  v_moment timestamptz := (payload ->> 'moment')::timestamptz;
  v_source text := payload ->> 'source';
  v_left uuid[];
  v_found uuid[];
  v_changed integer;
  v_all integer;
  v_used integer := 0;
  v_table text;
begin
  select array_agg(id), count(*) into v_left, v_all from (
    select id from public.profile
    where id in (select jsonb_array_elements_text(payload -> 'profileIds')::uuid) order by id for update) locked;
  select array_agg(p.id) into v_left from public.profile p
  where p.id = any (v_left) and p.merged_into is null and p.updated_at = v_moment and p.created_at = v_moment
    and not exists (select from public.profile other where other.merged_into = p.id)
    and not exists (select from public.identity i where i.profile_id = p.id
      and (i.verified_at is not null or i.created_at <> v_moment))
    and not exists (select from public.consent c where c.profile_id = p.id
      and (c.source <> v_source or c.given_at <> v_moment));
  v_changed := v_all - coalesce(cardinality(v_left), 0);
  for v_table in select jsonb_array_elements_text(payload -> 'life') loop
    execute format('select array_agg(distinct profile_id) from public.%I where profile_id = any ($1)', v_table)
    into v_found using v_left;
    continue when v_found is null;
    v_used := v_used + cardinality(v_found);
    v_left := array(select id from unnest(v_left) id where id <> all (v_found));
  end loop;
  delete from public.identity_key where profile_id = any (v_left);
  delete from public.identity where profile_id = any (v_left);
  delete from public.import_change where profile_id = any (v_left);
  delete from public.profile where id = any (v_left);
  return jsonb_build_object('removed', coalesce(cardinality(v_left), 0), 'used', v_used, 'changed', v_changed);
end $$;
