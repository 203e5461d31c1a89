-- What was changed, and whose something was, stays told.
create or replace trigger profile_change_append_only before update or delete or truncate on public.profile_change
for each statement execute function public.refuse_change();

create or replace trigger identity_change_kept before delete or truncate on public.identity_change
for each statement execute function public.refuse_change();

create or replace trigger identity_change_only_forgets before update on public.identity_change
for each row execute function public.only_forgets('masked', 'reason');
