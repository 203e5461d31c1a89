-- A withdrawn consent is a new entry: what was agreed to, and when, can always be shown.
create or replace trigger consent_append_only before update or delete or truncate on public.consent
for each statement execute function public.refuse_change();
