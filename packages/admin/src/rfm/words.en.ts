export default {
  tasks: {
    segments: { rfm: 'Counting RFM scores', lifecycle: 'Counting lifecycle stages' },
  },
  rfm: {
    nav: 'RFM',
    newModel: 'New RFM model',
    lifecycleNav: 'Lifecycle',
  },
  refusals: { RfmModelInUse: 'Segments ask for scores of this model, so it stays:' },
};
