export {
  FULL_RATE_BP,
  minorToPoints,
  percentPoints,
  pointsToMinor,
  shareFloor,
  stepPoints,
} from './value.ts';
