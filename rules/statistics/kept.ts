/**
 * Keeps what was made of two summaries, for as long as they last: views of the same records come with the same
 * summaries, and tests of a tail are dear.
 */
export function keptFor<A extends object, B extends object, Rest extends unknown[], R>(
  make: (a: A, b: B, ...rest: Rest) => R,
): (a: A, b: B, ...rest: Rest) => R {
  return keptOf<A, [B, ...Rest], R>((a, ...rest) => make(a, ...rest));
}

/** The same for what is made of one summary, as `prepare` does of the reference. The last of each is kept. */
export function keptOf<A extends object, Rest extends unknown[], R>(
  make: (a: A, ...rest: Rest) => R,
): (a: A, ...rest: Rest) => R {
  const known = new WeakMap<A, {readonly rest: Rest; readonly made: R}>();
  return (a, ...rest) => {
    const last = known.get(a);
    if (last !== undefined && rest.every((value, index) => value === last.rest[index])) return last.made;
    const made = make(a, ...rest);
    known.set(a, {rest, made});
    return made;
  };
}
