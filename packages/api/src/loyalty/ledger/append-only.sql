-- What was posted stays as it was posted; what was published stays as orders used it.
create or replace trigger loyalty_journal_append_only before update or delete or truncate on public.loyalty_journal
  for each statement execute function public.refuse_change();
create or replace trigger loyalty_entry_append_only before update or delete or truncate on public.loyalty_entry
  for each statement execute function public.refuse_change();
create or replace trigger program_version_append_only before update or delete or truncate on public.program_version
  for each statement execute function public.refuse_change();
create or replace trigger program_withdrawal_append_only before update or delete or truncate on public.program_withdrawal
  for each statement execute function public.refuse_change();
