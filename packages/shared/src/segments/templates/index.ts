import { ACTIVITY_TEMPLATES } from './activity-templates.ts';
import { CONTACT_TEMPLATES } from './contact-templates.ts';
import { GOODS_TEMPLATES } from './goods-templates.ts';
import { RFM_TEMPLATES } from './rfm-templates.ts';
import type { SegmentTemplate } from './template.ts';

export { filled } from './template.ts';
export type { Blank, InBothLanguages, SegmentTemplate } from './template.ts';

/** In the order in which they are offered. */
export const SEGMENT_TEMPLATES: readonly SegmentTemplate[] = [
  ...ACTIVITY_TEMPLATES,
  ...GOODS_TEMPLATES,
  ...CONTACT_TEMPLATES,
  ...RFM_TEMPLATES,
];
