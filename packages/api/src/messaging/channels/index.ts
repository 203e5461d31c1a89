import type { ChannelAdapter } from './channel.ts';
import { httpSmsChannel } from './http-sms.ts';
import { httpSmsSettings } from './http-sms-settings.ts';
import { outboxChannel } from './outbox.ts';
import { smtpChannel } from './smtp.ts';
import { smtpSettings } from './smtp-settings.ts';

/**
 * The ways out, tried in this order. The demo sends nothing outside, whatever is configured.
 * @param environment `SMS_HTTP_*` describe the SMS gateway, `SMTP_URL` and `MAIL_FROM` the mail server
 */
export function createChannels(
  mode: 'demo' | 'production',
  environment: Record<string, string | undefined>,
): readonly ChannelAdapter[] {
  if (mode === 'demo') return [outboxChannel];
  const sms = httpSmsSettings(environment);
  const smtp = smtpSettings(environment);
  return [...(sms === null ? [] : [httpSmsChannel(sms)]), ...(smtp === null ? [] : [smtpChannel(smtp)])];
}
