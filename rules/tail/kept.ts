/**
 * Keeps what was made of two summaries, for as long as they last: views of the same records come with the same
 * summaries, and tests of a tail are dear.
 */
export function keptFor<A extends object, B extends object, Rest extends readonly unknown[], R>(
  make: (a: A, b: B, ...rest: Rest) => R,
): (a: A, b: B, ...rest: Rest) => R {
  const known = new WeakMap<A, {readonly b: B; readonly rest: Rest; readonly made: R}>();
  return (a, b, ...rest) => {
    const last = known.get(a);
    if (last?.b === b && rest.every((value, index) => value === last.rest[index])) return last.made;
    const made = make(a, b, ...rest);
    known.set(a, {b, rest, made});
    return made;
  };
}
