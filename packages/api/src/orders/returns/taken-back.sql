-- What was brought back of a purchase so far: the worth of the goods in minor units, whether the money was given or kept
-- for points that were gone, and the points taken back.
create or replace function public.order_taken_back(p_profile uuid, p_order uuid) returns jsonb language sql stable as $$
  select jsonb_build_object('returnedWorth', coalesce(sum(money_back + withheld), 0),
    'pointsTakenBack', coalesce(sum(points_clawed), 0))
  from public.order_return where profile_id = p_profile and order_id = p_order
$$;
