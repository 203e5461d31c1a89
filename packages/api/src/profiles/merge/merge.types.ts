import { builder } from '../../platform/graphql/builder.ts';
import type { MergePreview } from './preview-merge.ts';

/** What a merge would make of two people; rooms above add what they would join. */
export const MergePreviewType = builder.objectRef<MergePreview>('MergePreview');
