import {isAbsolute, relative, resolve, sep} from 'node:path';

/** How a file is named to people: relative to `cwd` where it is inside it, `/` between folders. */
export function displayPath(file: string, cwd: string): string {
  const absolute = resolve(cwd, file);
  const inside = relative(cwd, absolute);
  const outside = inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  const shown = outside ? absolute : inside;
  return sep === '/' ? shown : shown.replaceAll(sep, '/');
}
