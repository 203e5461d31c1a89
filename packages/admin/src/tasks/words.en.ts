export default {
  tasks: {
    title: 'Background work',
    running: '{n} task is running | {n} tasks are running',
    none: 'Imports, exports and other long work that you start shows up here.',
    all: 'All tasks',
    unnamed: 'Background work',
    doneOf: '{done} of {total}',
    cancel: 'Stop',
    file: '{name}, {size}',
    finished: '{name}: done',
    failed: '{name}: failed',
    states: { QUEUED: 'queued', RUNNING: 'running', DONE: 'done', FAILED: 'failed', CANCELLED: 'stopped' },
    errors: {
      INTERNAL: 'Something broke on our side. The number for support: {id}',
      WORKER_LOST: 'The work broke off together with the server. Start it once more.',
    },
  },
};
