export default {
  tasks: {
    segments: { rfm: 'Расчёт баллов RFM', lifecycle: 'Подсчёт стадий жизненного цикла' },
  },
  rfm: {
    nav: 'RFM',
    newModel: 'Новая модель RFM',
    lifecycleNav: 'Жизненный цикл',
  },
  refusals: { RfmModelInUse: 'По баллам этой модели собраны сегменты, поэтому она остаётся:' },
};
