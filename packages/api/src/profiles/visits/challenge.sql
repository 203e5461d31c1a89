-- Codes to phones: limits, the challenge and the order to send it stand or fall together. The code itself comes only
-- sealed (in the event) and as a keyed hash (in the challenge).

-- One challenge for one phone at one client: before its resend_at the same one again and nothing is sent, confirmed
-- or not; unless its verification is spent.
-- p: id, client, purpose, kind, profileId, phoneIndex, phoneSealed, maskedPhone, codeMac, channel, otherChannels,
--    attempts, now, expiresAt, resendAt, limits, event
create or replace function public.open_challenge(p jsonb) returns jsonb language plpgsql as $$
declare
  v_now constant timestamptz := (p ->> 'now')::timestamptz;
  v_known public.sign_in_challenge;
begin
  perform pg_advisory_xact_lock(hashtextextended(p ->> 'client' || ' ' || (p ->> 'phoneIndex'), 0));
  select c.* into v_known from public.sign_in_challenge c
  where c.client = p ->> 'client' and c.purpose = p ->> 'purpose' and c.phone_index = p ->> 'phoneIndex'
    and c.expires_at > v_now and c.resend_at > v_now
    and (c.visit_id is null or exists (select from public.visit v
      where v.id = c.visit_id and v.verified_at is not null and v.expires_at > v_now))
  order by c.created_at desc limit 1;
  if found then return to_jsonb(v_known); end if;

  perform public.spend_code(v_now, p -> 'limits');
  update public.sign_in_challenge set expires_at = v_now
  where client = p ->> 'client' and purpose = p ->> 'purpose' and phone_index = p ->> 'phoneIndex'
    and expires_at > v_now and visit_id is null;
  insert into public.sign_in_challenge (id, client, purpose, kind, profile_id, phone_index, phone_sealed, masked_phone,
    code_mac, channel, other_channels, delivery, attempts_left, created_at, expires_at, resend_at)
  values ((p ->> 'id')::uuid, p ->> 'client', p ->> 'purpose', p ->> 'kind', (p ->> 'profileId')::uuid,
    p ->> 'phoneIndex', p ->> 'phoneSealed', p ->> 'maskedPhone', p ->> 'codeMac', p ->> 'channel',
    array(select jsonb_array_elements_text(p -> 'otherChannels')), 'SENDING', (p ->> 'attempts')::int, v_now,
    (p ->> 'expiresAt')::timestamptz, (p ->> 'resendAt')::timestamptz)
  returning * into v_known;
  perform public.write_event('sign-in-code.requested', v_known.profile_id, p -> 'event', v_now);
  return to_jsonb(v_known);
end $$;

-- Another code for the same challenge; the one before is worth nothing any more.
-- p: id, client, codeMac, channel, otherChannels, attempts, now, expiresAt, resendAt, limits, event
create or replace function public.resend_challenge(p jsonb) returns jsonb language plpgsql as $$
declare
  v_now constant timestamptz := (p ->> 'now')::timestamptz;
  v_row public.sign_in_challenge;
begin
  perform 1 from public.sign_in_challenge
  where id = (p ->> 'id')::uuid and client = p ->> 'client' and visit_id is null for update;
  if not found then return null; end if;
  perform public.spend_code(v_now, p -> 'limits');
  update public.sign_in_challenge set
    code_mac = p ->> 'codeMac', channel = p ->> 'channel',
    other_channels = array(select jsonb_array_elements_text(p -> 'otherChannels')),
    delivery = 'SENDING', attempts_left = (p ->> 'attempts')::int,
    expires_at = (p ->> 'expiresAt')::timestamptz, resend_at = (p ->> 'resendAt')::timestamptz
  where id = (p ->> 'id')::uuid
  returning * into v_row;
  perform public.write_event('sign-in-code.requested', v_row.profile_id, p -> 'event', v_now);
  return to_jsonb(v_row);
end $$;

create or replace function public.spend_code(p_now timestamptz, p_limits jsonb) returns void language plpgsql as $$
declare
  v_refused jsonb := public.spend_usage(p_now, p_limits);
begin
  if v_refused is not null then perform public.refuse('TooManyCodes', v_refused); end if;
end $$;

-- Takes one attempt, then looks at the guess; guesses at once wait for each other, so no more than the attempts there
-- are is ever looked at. The right one gives its attempt back. { "outcome": MATCH | WRONG | EXPIRED, "attemptsLeft" }
create or replace function public.try_code(p_id uuid, p_client text, p_purpose text, p_mac text, p_now timestamptz)
returns jsonb language plpgsql as $$
declare
  v_row public.sign_in_challenge;
begin
  select * into v_row from public.sign_in_challenge
  where id = p_id and client = p_client and purpose = p_purpose for update;
  if not found or (v_row.visit_id is null and v_row.expires_at <= p_now) then
    return jsonb_build_object('outcome', 'EXPIRED', 'attemptsLeft', 0);
  end if;
  if v_row.attempts_left = 0 then return jsonb_build_object('outcome', 'WRONG', 'attemptsLeft', 0); end if;
  update public.sign_in_challenge set attempts_left = attempts_left - 1 where id = p_id returning * into v_row;
  if v_row.code_mac <> p_mac then
    return jsonb_build_object('outcome', 'WRONG', 'attemptsLeft', v_row.attempts_left);
  end if;
  update public.sign_in_challenge set attempts_left = attempts_left + 1 where id = p_id returning * into v_row;
  return jsonb_build_object('outcome', 'MATCH', 'attemptsLeft', v_row.attempts_left);
end $$;
