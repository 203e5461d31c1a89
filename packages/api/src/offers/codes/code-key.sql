-- What is left of a typed code when case, spaces, dashes and signs that look alike do not count; '' for what no code is.
-- The same as codeKey() in TypeScript, sign by sign, so that no locale of the database has a say.
create or replace function public.promo_code_key(p_typed text) returns text language sql immutable as $$
  select case when length(p_typed) > 200 then '' else translate(
    regexp_replace(normalize(p_typed, NFKC),
      '[\u0009-\u000d \u0085\u00a0\u00ad\u061c\u1680\u2000-\u2015\u2028-\u202f\u205f-\u2069\u2212\u3000\ufeff\-]', '', 'g'),
    'АВЕЁКМНОРСТУХІЈЅOILabcdefghijklmnopqrstuvwxyzабвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіјѕ',
    'ABEEKMH0PCTYX1JS011ABCDEFGH1JK1MN0PQRSTUVWXYZAБBГДEEЖЗИЙKЛMH0ПPCTYФXЦЧШЩЪЫЬЭЮЯӘҒҚҢӨҰҮҺ1JS') end
$$;
