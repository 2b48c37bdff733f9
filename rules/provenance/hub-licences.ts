/** The identifiers of licences that the Hub knows. */
export const hubLicences: ReadonlySet<string> = new Set(
  `apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0
  bigcode-openrail-m afl-3.0 artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc
  cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0 cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0
  cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0 cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0
  cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0 epl-1.0 epl-2.0 etalab-2.0 eupl-1.1
  eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research intel-research lppl-1.3c
  ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0 openrail++ osl-3.0 postgresql ofl-1.1 ncsa
  unlicense zlib pddl lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 llama3.1
  llama3.2 llama3.3 llama4 grok2-community gemma unknown other`.split(/\s+/),
);

/**
 * Ids of licences in one spelling, as near to that of the Hub as it can be had: `CC BY 4.0`, its address and its
 * SPDX id are `cc-by-4.0`. Of `A OR B`, `A AND B` all; nothing for what is no licence that is known.
 */
export function licenceIds(text: string): string[] {
  const parts = text.split(/\s+(?:OR|AND|or|and)\s+|[,;|/](?=\s)/).slice(0, 8);
  return parts.flatMap(part => {
    const id = licenceId(part.replace(/[()"']/g, ' ').trim());
    return id === undefined ? [] : [id];
  });
}

function licenceId(text: string): string | undefined {
  const address = /creativecommons\.org\/(?:licenses\/([a-z-]+)|publicdomain\/(zero))\/(\d\.\d)/i.exec(text);
  if (address) return address[2] ? 'cc0-1.0' : `cc-${address[1]!.toLowerCase()}-${address[3]}`;
  const plain = text
    .toLowerCase()
    .replace(/^https?:\/\/(?:www\.)?(?:spdx\.org|opensource\.org|choosealicense\.com)\/licen[sc]es?\//, '')
    .replace(/\.(?:html|json|txt)$|\/$/g, '')
    .replace(/ with .*$/, '')
    .replace(/\b(?:the|licen[sc]e|version)\b/g, ' ')
    .replace(/v(?=\d)/g, '')
    .trim()
    .replace(/[\s_]+/g, '-')
    .replace(/-(?:only|or-later|international|unported)$/, '')
    .replace(/^(?:creative-commons|cc)-(?:attribution|by)/, 'cc-by')
    .replace(/-share-?alike/, '-sa')
    .replace(/-non-?commercial/, '-nc')
    .replace(/-no-?derivatives/, '-nd')
    .replace(/^cc-?(?:0|zero)(?:-1\.0)?$/, 'cc0-1.0')
    .replace(/^apache-?2(?:\.0)?$|^apache$/, 'apache-2.0')
    .replace(/^(a?l?gpl)-?(\d)$/, '$1-$2.0');
  if (plain === '' || plain === 'unknown' || plain === 'other' || plain === 'none') return undefined;
  const isKnown = hubLicences.has(plain) || [...hubLicences].some(id => id.startsWith(`${plain}-`));
  // Versions that the Hub does not list.
  return isKnown || /^cc-by(?:-(?:nc|sa|nd))*-\d\.\d$/.test(plain) ? plain : undefined;
}

/** A family and its members, and an id with and without its version, do not contradict each other. */
export function agree(one: string, other: string): boolean {
  if (one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`)) {
    // `cc-by` is a family of versions; `cc-by-nc` is none of it.
    const longer = one.length > other.length ? one.slice(other.length) : other.slice(one.length);
    return longer === '' || /^-\d/.test(longer) || one === 'cc' || other === 'cc' || !one.startsWith('cc-');
  }
  return false;
}
