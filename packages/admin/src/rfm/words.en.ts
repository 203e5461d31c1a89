export default {
  tasks: {
    segments: { rfm: 'Counting RFM scores', lifecycle: 'Counting lifecycle stages' },
  },
  rfm: {
    nav: 'RFM',
    newModel: 'New RFM model',
    lifecycleNav: 'Lifecycle',
  },
};
