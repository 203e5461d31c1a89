import {
  mdiAccountMultipleOutline,
  mdiCogOutline,
  mdiContentDuplicate,
  mdiDatabaseOutline,
  mdiHomeOutline,
  mdiSaleOutline,
  mdiSetCenter,
  mdiStarCircleOutline,
} from '@mdi/js';

/** Sections of the navigation in their order; one without pages a person may see is not shown. */
export const AREAS = [
  { key: 'home', icon: mdiHomeOutline },
  { key: 'customers', icon: mdiAccountMultipleOutline },
  { key: 'duplicates', icon: mdiContentDuplicate },
  { key: 'segments', icon: mdiSetCenter },
  { key: 'loyalty', icon: mdiStarCircleOutline },
  { key: 'offers', icon: mdiSaleOutline },
  { key: 'data', icon: mdiDatabaseOutline },
  { key: 'settings', icon: mdiCogOutline },
] as const;
