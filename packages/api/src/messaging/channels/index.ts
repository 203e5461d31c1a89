import type { ChannelAdapter } from './channel.ts';
import { httpSmsChannel } from './http-sms.ts';
import { httpSmsSettings } from './http-sms-settings.ts';
import { outboxChannel } from './outbox.ts';

/**
 * The ways out, tried in this order. The demo sends nothing outside, whatever is configured.
 * @param environment `SMS_HTTP_*` describe the SMS gateway
 */
export function createChannels(
  mode: 'demo' | 'production',
  environment: Record<string, string | undefined>,
): readonly ChannelAdapter[] {
  if (mode === 'demo') return [outboxChannel];
  const sms = httpSmsSettings(environment);
  return sms === null ? [] : [httpSmsChannel(sms)];
}
