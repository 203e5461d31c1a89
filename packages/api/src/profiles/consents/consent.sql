-- A withdrawn consent is a new entry: what was agreed to, and when, can always be shown.
create or replace trigger consent_kept before delete or truncate on public.consent
for each statement execute function public.refuse_change();

-- The words of staff may name somebody: an erasure takes them out.
create or replace trigger consent_only_forgets before update on public.consent
for each row execute function public.only_forgets('note');
