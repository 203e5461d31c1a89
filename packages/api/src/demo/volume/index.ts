export { NotEmpty } from './empty-enough.ts';
export { seedVolume, type SeedVolume, type VolumeSeeded } from './seed-volume.ts';
export { MOST_PEOPLE, VOLUME_STEPS, volumeOf, type OnProgress, type VolumeStep } from './volume.ts';
