/** Two circles whose areas are as the sizes, overlapping by as much as is in both; in units of the picture. */
export interface Circles {
  readonly first: Circle;
  readonly second: Circle;
}
export interface Circle {
  readonly x: number;
  readonly r: number;
}

/** Where the halvings of the distance stop: far below a pixel. */
const STEPS = 50;

/** @param largest radius of the larger one */
export function circlesOf(sizes: { first: number; second: number; both: number }, largest: number): Circles {
  const most = Math.max(sizes.first, sizes.second, 1);
  const radius = (size: number): number => largest * Math.sqrt(size / most);
  const [one, other] = [radius(sizes.first), radius(sizes.second)];
  const perHead = (Math.PI * largest * largest) / most;
  const apart = distanceOf(one, other, sizes.both * perHead);
  return { first: { x: 0, r: one }, second: { x: apart, r: other } };
}

/** How far apart two circles stand that have such an area in common. */
export function distanceOf(one: number, other: number, common: number): number {
  const [nearest, farthest] = [Math.abs(one - other), one + other];
  const whole = Math.PI * Math.min(one, other) ** 2;
  if (common <= 0) return farthest;
  if (common >= whole * (1 - 1e-9)) return nearest;
  let [near, far] = [nearest, farthest];
  for (let step = 0; step < STEPS; step += 1) {
    const middle = (near + far) / 2;
    if (commonArea(one, other, middle) > common) near = middle;
    else far = middle;
  }
  return (near + far) / 2;
}

/** The lens of two circles at a distance. */
export function commonArea(one: number, other: number, apart: number): number {
  if (apart >= one + other) return 0;
  if (apart <= Math.abs(one - other)) return Math.PI * Math.min(one, other) ** 2;
  const slice = (r: number, s: number): number => {
    const cosine = (apart * apart + r * r - s * s) / (2 * apart * r);
    const angle = Math.acos(Math.min(1, Math.max(-1, cosine)));
    return r * r * (angle - Math.sin(angle) * Math.cos(angle));
  };
  return slice(one, other) + slice(other, one);
}
