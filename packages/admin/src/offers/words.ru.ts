/** Titles of the pages; the rest comes with them. */
export default {
  offers: {
    title: 'Акции',
    new: { title: 'Новая акция' },
    groups: { title: 'Группы акций' },
    test: { title: 'Проверка на чеке' },
  },
};
