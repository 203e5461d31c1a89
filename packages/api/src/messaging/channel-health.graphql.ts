import { SystemHealthType } from '../company/index.ts';
import { builder } from '../platform/graphql/builder.ts';
import { channelHealth, type ChannelHealth } from './channel-health.ts';

const ChannelHealthType = builder.objectRef<ChannelHealth>('ChannelHealth').implement({
  description: 'How messages of one way out go; of the last 24 hours where nothing else is said.',
  fields: (t) => ({
    channel: t.exposeString('channel', { description: 'SMS, EMAIL …' }),
    waiting: t.exposeInt('waiting', { description: 'Not sent yet, whenever they were made.' }),
    sentToday: t.exposeInt('sentToday'),
    failedToday: t.exposeInt('failedToday'),
    lastSentAt: t.expose('lastSentAt', { type: 'DateTime', nullable: true }),
    lastFailure: t.exposeString('lastFailure', { nullable: true }),
  }),
});

builder.objectFields(SystemHealthType, (t) => ({
  channels: t.field({
    type: [ChannelHealthType],
    description: 'Ways out for messages that anything was sent by lately, or waits for.',
    resolve: (_health, _args, ctx) => channelHealth(ctx),
  }),
}));
