export {
  lifecycleSetting,
  readLifecycle,
  USUAL_THRESHOLDS,
  type LifecycleSetting,
  type LifecycleThresholds,
} from './lifecycle-thresholds.ts';
export { readModels, type Models } from './read-models.ts';
export {
  RFM_METHODS,
  type RfmBounds,
  type RfmCell,
  type RfmMethod,
  type RfmScale,
  type RfmWindow,
} from './rfm-model.entity.ts';
