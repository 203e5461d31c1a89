/** Titles of the pages; the rest comes with them. */
export default {
  offers: {
    title: 'Promotions',
    new: { title: 'New promotion' },
    groups: { title: 'Promotion groups' },
    test: { title: 'Test on a receipt' },
  },
};
