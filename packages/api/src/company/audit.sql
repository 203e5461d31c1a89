create or replace trigger audit_entry_append_only before update or delete or truncate on public.audit_entry
for each statement execute function public.refuse_change();
