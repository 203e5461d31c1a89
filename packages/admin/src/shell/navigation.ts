import type { RouteRecordRaw } from 'vue-router';
import { AREAS } from './areas.ts';

export interface NavigationLink {
  path: string;
  /** Key of the words. */
  title: string;
}

export interface NavigationArea {
  key: string;
  icon: string;
  links: readonly [NavigationLink, ...NavigationLink[]];
}

type May = (scope: string | readonly string[] | undefined) => boolean;

/** Pages of the navigation a person may open, by area and in their order. */
export function navigationOf(routes: readonly RouteRecordRaw[], may: May): NavigationArea[] {
  return AREAS.flatMap(({ key, icon }) => {
    const [first, ...others] = routes
      .filter(({ meta }) => meta?.nav === true && meta.area === key && may(meta.scope))
      .toSorted((a, b) => (a.meta?.order ?? 0) - (b.meta?.order ?? 0))
      .map(({ path, meta }) => ({ path, title: meta?.title ?? '' }));
    return first === undefined ? [] : [{ key, icon, links: [first, ...others] }];
  });
}

/** The link the page on the screen belongs to: the longest path it starts with. */
export function activeLink(areas: readonly NavigationArea[], path: string): string | null {
  const matching = areas
    .flatMap(({ links }) => links.map((link) => link.path))
    .filter((link) => path === link || path.startsWith(link === '/' ? '//' : `${link}/`));
  return matching.toSorted((a, b) => b.length - a.length)[0] ?? null;
}
