-- The topic every brand starts with; its names may be changed, its code may not.
insert into public.consent_topic (id, code, name_ru, name_en, version, created_at)
values ('019a0000-0000-7000-8000-000000000001', 'MARKETING', 'Акции и предложения', 'Promotions and offers', 1,
  '2026-01-01T00:00:00Z')
on conflict (code) do nothing;
