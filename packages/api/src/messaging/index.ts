export { createChannels } from './channels/index.ts';
export type { ChannelAdapter } from './channels/channel.ts';
export { MESSAGE_ROWS } from './moves.ts';
export { MESSAGE_TIMELINE } from './timeline.ts';
export { shownMessages, type ShownMessage } from './shown-messages.ts';
export { signInCodeHandler } from './send-sign-in-code.ts';
export { startSender, type Sender } from './sender.ts';
export { takeReceipt } from './take-receipt.ts';
