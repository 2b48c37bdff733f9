/** Fills `{{name}}` in a message template. Values are shown as they are: reports make them harmless. */
export function fillTemplate(template: string, data: Readonly<Record<string, string | number>> = {}): string {
  return template.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = data[name];
    return value === undefined ? whole : typeof value === 'number' ? formatNumber(value) : value;
  });
}

/** At most two decimals, and never `1.00` for what is less. */
function formatNumber(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const floored = Math.floor(value * 100) / 100;
  return floored.toFixed(2);
}
