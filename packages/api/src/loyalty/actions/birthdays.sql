-- People who celebrate and were not thanked by a rule yet. Names the profile's table directly.
-- payload: { programId, rule, days: [{ born: MM-DD, date }], tiers: [], tags: [], after: profile or null, limit }
-- Answers [{ profileId, date }] in the order of profiles.
create or replace function public.birthdays_due(payload jsonb) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('profileId', due.id, 'date', due.date) order by due.id), '[]')
  from (
    select profile.id, day.date
    from public.profile
    join jsonb_to_recordset(payload -> 'days') as day (born text, date text) on day.born = to_char(profile.birth_date, 'MM-DD')
    left join public.loyalty_account account
      on account.profile_id = profile.id and account.program_id = (payload ->> 'programId')::uuid
    where profile.kind = 'PERSON' and profile.merged_into is null and profile.erased_at is null
      and (payload ->> 'after' is null or profile.id > (payload ->> 'after')::uuid)
      and (jsonb_array_length(payload -> 'tiers') = 0 or payload -> 'tiers' ? account.tier_code)
      and (jsonb_array_length(payload -> 'tags') = 0 or payload -> 'tags' ?| profile.tags)
      and not exists (
        select from public.action_grant known
        where known.profile_id = profile.id and known.program_id = (payload ->> 'programId')::uuid
          and known.rule = payload ->> 'rule' and known.event_key = 'birthday:' || left(day.date, 4))
    order by profile.id limit (payload ->> 'limit')::integer
  ) due
$$;
