export default {
  ui: {
    loading: 'Loading…',
    close: 'Close',
    undo: 'Undo',
    retry: 'Try again',
    signIn: 'Sign in',
    requestId: 'Request number for support:',
    copyRequestId: 'Copy the request number',
    copied: 'Copied',
    keys: { title: 'Keys' },
  },
  failures: {
    OFFLINE: { title: 'The server cannot be reached', text: 'Check the network and try again.' },
    SIGNED_OUT: { title: 'Your session is over', text: 'Sign in again: you will come back to this page.' },
    FORBIDDEN: { title: 'This is not open to you', text: 'Your role does not allow it.' },
    RATE_LIMITED: { title: 'Too many requests', text: 'Wait a minute, then try again.' },
    BUSY: { title: 'The server is busy', text: 'Try again in a few seconds.' },
    OUTDATED: { title: 'This page is outdated', text: 'Reload it: the server has another version by now.' },
    INTERNAL: {
      title: 'Something broke on our side',
      text: 'Try again. If it stays, tell us the request number.',
    },
  },
  refusals: {
    unknown: 'This cannot be done ({name}).',
    InvalidInput: 'Check the marked fields.',
    IdempotencyConflict: 'This was sent before with other content. Reload the page.',
  },
  problems: {
    REQUIRED: 'Fill this in',
    FORMAT: 'This cannot be right: check the spelling',
    RANGE: 'Out of the allowed range',
    TOO_MANY: 'Too many',
    UNKNOWN: 'There is no such thing',
    DUPLICATE: 'This exists already',
    MISMATCH: 'Does not agree with another field',
  },
};
