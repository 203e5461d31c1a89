-- What an order was calculated by stays readable: a revision goes only with a draft that never was live.
create or replace trigger promotion_revision_stays before update on public.promotion_revision
  for each row execute function public.refuse_change();
