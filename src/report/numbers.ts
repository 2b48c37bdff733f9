/** `1204` as `1,204`. For whole numbers. */
export function count(number: number): string {
  return String(number).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `3 records`, `1 record`. */
export function counted(number: number, noun: string): string {
  return `${count(number)} ${noun}${number === 1 ? '' : 's'}`;
}

/** A share in [0, 1] as a percentage that never rounds to 0 or 100 what is not: `0.004 %`, `99.98 %`. */
export function percent(share: number): string {
  if (share === 0 || share === 1) return `${share * 100} %`;
  for (let digits = 1; digits <= 4; digits += 1) {
    const text = (share * 100).toFixed(digits);
    if (Number(text) !== 0 && Number(text) !== 100) return `${text} %`;
  }
  return share < 0.5 ? '<0.0001 %' : '>99.9999 %';
}

/** `part` of `whole` as a percentage; empty when there is no whole. */
export function rate(part: number, whole: number): string {
  return whole === 0 ? '' : percent(part / whole);
}

/** A measured number to four significant digits; from a thousand on to the whole number. */
export function quantity(number: number): string {
  if (Math.abs(number) >= 1e15) return String(number);
  return Math.abs(number) >= 1000 ? count(Math.round(number)) : String(Number(number.toPrecision(4)));
}
