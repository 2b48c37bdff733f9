export const licenceClasses = [
  'public-domain',
  'permissive',
  'share-alike',
  'no-derivatives',
  'non-commercial',
  'proprietary',
  'unknown',
] as const;
/** From the least to the most restrictive. */
export type LicenceClass = (typeof licenceClasses)[number];

/** By the beginnings of SPDX ids; the first that fits counts. */
const classes: readonly (readonly [RegExp, LicenceClass])[] = [
  [/^cc-by-nc(-|$)/, 'non-commercial'],
  [/^cc-by-nd(-|$)/, 'no-derivatives'],
  [/^(cc0|pddl|unlicense|0bsd|wtfpl|cc-pddc|mit-0)/, 'public-domain'],
  [/^(cc-by-sa|[al]?gpl|odbl|mpl|epl|eupl|osl|cddl|ms-rl|gfdl|cdla-sharing)/, 'share-alike'],
  [
    /^(mit|apache|bsd|isc|zlib|cc-by(-\d|$)|odc-by|cdla-permissive|artistic|psf|python|bsl|ncsa|postgresql|ogl-uk|etalab|ecl|afl|ms-pl|upl|blueoak)/,
    'permissive',
  ],
  [/^(licenseref|documentref|proprietary|commercial|none$)/, 'proprietary'],
];

/**
 * Class of an SPDX expression: of `A AND B` the more restrictive, of `A OR B` the less; `WITH` an exception
 * changes nothing. What is not known counts as the most restrictive. AND binds closer than OR.
 */
export function licenceClass(expression: string): LicenceClass {
  const rank = (id: string) => {
    const plain = id
      .trim()
      .replace(/^https?:\/\/(?:www\.)?spdx\.org\/licenses\/|\.(?:html|json)$/gi, '')
      .replace(/^https?:\/\/creativecommons\.org\/licenses\/([a-z-]+)\/.*$/i, 'cc-$1')
      .replace(/^https?:\/\/creativecommons\.org\/publicdomain\/.*$/i, 'cc0')
      .replace(/ WITH .*$/, '')
      .toLowerCase();
    const found = classes.find(([pattern]) => pattern.test(plain))?.[1] ?? 'unknown';
    return licenceClasses.indexOf(found);
  };
  const bare = expression.replaceAll(/[()]/g, ' ');
  const worst = (part: string) => Math.max(...part.split(/\sAND\s/).map(rank));
  return licenceClasses[Math.min(...bare.split(/\sOR\s/).map(worst))]!;
}
