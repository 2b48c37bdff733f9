/** Colours by what they are for. Text on its ground has a contrast of at least 4.5, marks of at least 3. */
export const light = {
  ground: '#f4f5f7',
  card: '#ffffff',
  ink: '#17202b',
  soft: '#566373',
  line: '#dce1e8',
  accent: '#2f6db3',
  kept: '#1d7a4a',
  mark: '#17202b',
  reference: '#b8500f',
  pass: '#16713f',
  fail: '#b3261e',
  warn: '#8a5300',
  'pass-ground': '#e4f4ea',
  'fail-ground': '#fbe9e7',
  'warn-ground': '#fbf0dc',
  accepted: '#2e8b57',
  quarantined: '#b97c0e',
  rejected: '#c8453b',
  malformed: '#7a8694',
};

export const dark: typeof light = {
  ground: '#10151b',
  card: '#181f27',
  ink: '#e4eaf1',
  soft: '#9fadbd',
  line: '#2c3642',
  accent: '#5b9ae0',
  kept: '#56c48a',
  mark: '#f2f5f8',
  reference: '#f2994a',
  pass: '#5fd08f',
  fail: '#ff8f85',
  warn: '#f0bd62',
  'pass-ground': '#15301f',
  'fail-ground': '#3a1c1a',
  'warn-ground': '#342812',
  accepted: '#3d9e69',
  quarantined: '#d9a441',
  rejected: '#d8594e',
  malformed: '#7d8a99',
};

function variables(colours: typeof light): string {
  return Object.entries(colours)
    .map(([name, value]) => `--${name}:${value};`)
    .join('');
}

/** As the system wants it, unless the reader chose. Paper is light. */
export const theme = `:root{color-scheme:light;${variables(light)}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${variables(dark)}}}
:root:has(#theme-light:checked){color-scheme:light;${variables(light)}}
:root:has(#theme-dark:checked){color-scheme:dark;${variables(dark)}}
@media print{:root,:root:has(input:checked){color-scheme:light;${variables(light)}}}
`;
