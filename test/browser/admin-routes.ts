import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

export interface AdminRoute {
  path: string;
  /** Shown without the shell, to somebody who is not signed in. */
  bare: boolean;
}

interface RouteFile {
  routes: {
    path: string;
    redirect?: unknown;
    meta?: { bare?: boolean };
    children?: RouteFile['routes'];
  }[];
}

const SOURCE = join(import.meta.dirname, '../../packages/admin/src');

/** Every page of the admin, from the files the app itself collects: a new page is covered by itself. */
export async function adminRoutes(): Promise<AdminRoute[]> {
  const found: AdminRoute[] = [];
  for await (const path of glob('*/routes.ts', { cwd: SOURCE })) {
    const { routes } = (await import(pathToFileURL(join(SOURCE, path)).href)) as RouteFile;
    found.push(...routes.flatMap((route) => flat(route, '', false)));
  }
  return found.toSorted((a, b) => a.path.localeCompare(b.path));
}

function flat(route: RouteFile['routes'][number], above: string, bareAbove: boolean): AdminRoute[] {
  const path = route.path.startsWith('/') ? route.path : [above, route.path].filter(Boolean).join('/');
  const bare = route.meta?.bare ?? bareAbove;
  if (route.redirect !== undefined) return [];
  if (route.children !== undefined) return route.children.flatMap((child) => flat(child, path, bare));
  return [{ path, bare }];
}
