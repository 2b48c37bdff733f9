/** A language, or several that are not told apart here, as evidence in a text. */
export interface Evidence {
  readonly name: string;
  /** The first is the one that is proposed. */
  readonly codes: readonly string[];
}

interface Lexicon extends Evidence {
  readonly words: ReadonlySet<string>;
}

const lexicon = (name: string, codes: string, words: string): Lexicon => ({
  name,
  codes: codes.split(' '),
  words: new Set(words.split(' ')),
});

/** Small words that make up a tenth and more of any prose in their language. */
const lexicons: readonly Lexicon[] = [
  lexicon(
    'English',
    'en',
    'the of and to in is that was it for on with as his he be at by this had not are but from or have an they which one you were her all she there would their we him been has when who will no more if out so what up said can them then into its about some could these may do did',
  ),
  lexicon(
    'German',
    'de',
    'der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde ich wenn kann',
  ),
  lexicon(
    'French',
    'fr',
    'de la le et les des en un une du que qui dans est pour pas il au sur plus par ce ne se sont avec son mais comme elle ou nous sa ont leur cette aux ses été fait être même vous je tout ils était deux ces dont où',
  ),
  lexicon(
    'Spanish',
    'es',
    'de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está mi porque qué sólo han yo hay',
  ),
  lexicon(
    'Portuguese',
    'pt gl',
    'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem mesmo aos seus quem nas me esse eles você',
  ),
  lexicon(
    'Italian',
    'it',
    'di e il la che in a per un è non con una sono da del si le dei i nel della più come al ma lo alla anche o se delle gli ha questo dal ci nella su era suo essere loro due stato dalla tutti cui dopo quando perché stata tra molto fu',
  ),
  lexicon(
    'Dutch',
    'nl af',
    'de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij of uit nog worden door naar heeft tot ze wordt over hij werd was deze kan meer geen wel zo hebben mijn dit moet waar wat',
  ),
  lexicon(
    'Swedish',
    'sv',
    'och i att det som en på är av för med den till inte har de ett om han men var jag sig från vi så kan när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan över',
  ),
  lexicon(
    'Danish or Norwegian',
    'da nb no nn',
    'og i at det er en til på som på for med den de af av ikke der var et han har om vi jeg men fra kan så hun eller vil blev ble når også sig seg efter etter skal nu nå være hvor mange over siden ved end enn',
  ),
  lexicon(
    'Finnish',
    'fi',
    'ja on ei se että oli hän mutta joka kun niin ovat tai myös kuin sen mukaan ole olla vain jos hänen siitä nyt jo sitä voi tämä vielä kanssa kaikki sekä jotka tämän joita olisi ollut minä mitä he',
  ),
  lexicon(
    'Polish',
    'pl',
    'w i na z do nie się to że jest o jak po ale od za co przez dla tak jego są był już tylko może by jej które który czy było ze bardzo także ich przy tego tym oraz został bez też kiedy jako',
  ),
  lexicon(
    'Czech or Slovak',
    'cs sk',
    'a v se na je že to s z do i o k ve by ale jako za po jeho pro tak jsou od které byl který jsem jen až co sa nie aj ako čo bol pre si už jeho ktoré ktorý ich tým pri při když nebo alebo',
  ),
  lexicon(
    'Hungarian',
    'hu',
    'a az és hogy nem is egy ez volt de meg csak már mint azt még ha van kell vagy el után minden lehet lesz között ki be fel ezt nagyon itt mert így amely aki ami ott most',
  ),
  lexicon(
    'Romanian',
    'ro',
    'de și în a la cu pe nu care o din un este să mai ce se că pentru sau ca fi sunt era au al lui după am fost prin dar le iar cel cea când această acest despre foarte',
  ),
  lexicon(
    'Turkish',
    'tr az',
    've bir bu da de için ile olarak çok daha ne gibi kadar olan ama o en var sonra ki her ya değil göre yok olduğu mi ise oldu şey iki kendi bunu onun veya ancak',
  ),
  lexicon(
    'Indonesian or Malay',
    'id ms',
    'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke ada bisa saya adalah oleh mereka kami kita karena telah sudah lebih atau seperti dia sebagai orang tersebut boleh kepada ialah',
  ),
  lexicon(
    'Vietnamese',
    'vi',
    'và của là có không được các cho trong người một với những này đã để khi đến từ ở cũng như tôi nhiều về ra phải vào làm sẽ thì hơn rằng trên đó năm',
  ),
  lexicon(
    'Catalan',
    'ca',
    'de la i el que a en els les per un del una és amb no al es va com més però són seva dels també ha o seu aquest aquesta entre ser quan molt fins sobre les han',
  ),
  lexicon(
    'Serbian, Croatian or Bosnian',
    'hr sr bs sh',
    'i je u da se na su za od koji što nije ne bi kao sa o ili ali iz po samo biti koja koje bio bila sve ako još kako do već može prije nakon između',
  ),
];

/** Lexicons that have a word. */
const sharedBy = new Map<string, number>();
for (const {words} of lexicons) for (const word of words) sharedBy.set(word, (sharedBy.get(word) ?? 0) + 1);

interface Script extends Evidence {
  readonly ranges: readonly (readonly [first: number, last: number])[];
}

const script = (name: string, codes: string, ...ranges: [number, number][]): Script => ({
  name,
  codes: codes.split(' '),
  ranges,
});

const kana = script('Japanese', 'ja', [0x3041, 0x30ff]);
const han = script('Chinese', 'zh yue wuu nan hak gan lzh cmn', [0x4e00, 0x9fff], [0x3400, 0x4dbf]);
/** Scripts that say which language a text is in, or which few it may be in. */
const scripts: readonly Script[] = [
  kana,
  han,
  script('Korean', 'ko', [0xac00, 0xd7af], [0x1100, 0x11ff]),
  script(
    'a language in Cyrillic letters',
    'ru uk be bg sr mk kk ky mn tg tt ba cv os ce av bxr sah tyv udm mhr',
    [0x0400, 0x052f],
  ),
  script(
    'a language in Arabic letters',
    'ar fa ur ps ug sd ckb ku arz ary apc ajp acm aeb azb pnb ks prs',
    [0x0600, 0x06ff],
    [0x0750, 0x077f],
  ),
  script('a language in Devanagari', 'hi mr ne sa bho mai kok awa new mag', [0x0900, 0x097f]),
  script('Hebrew or Yiddish', 'he yi iw', [0x0590, 0x05ff]),
  script('Greek', 'el grc', [0x0370, 0x03ff], [0x1f00, 0x1fff]),
  script('Thai', 'th', [0x0e00, 0x0e7f]),
  script('Bengali or Assamese', 'bn as', [0x0980, 0x09ff]),
  script('Punjabi', 'pa', [0x0a00, 0x0a7f]),
  script('Gujarati', 'gu', [0x0a80, 0x0aff]),
  script('Odia', 'or ory', [0x0b00, 0x0b7f]),
  script('Tamil', 'ta', [0x0b80, 0x0bff]),
  script('Telugu', 'te', [0x0c00, 0x0c7f]),
  script('Kannada', 'kn', [0x0c80, 0x0cff]),
  script('Malayalam', 'ml', [0x0d00, 0x0d7f]),
  script('Sinhala', 'si', [0x0d80, 0x0dff]),
  script('Lao', 'lo', [0x0e80, 0x0eff]),
  script('Tibetan or Dzongkha', 'bo dz', [0x0f00, 0x0fff]),
  script('Burmese or Shan', 'my shn', [0x1000, 0x109f]),
  script('Georgian', 'ka xmf', [0x10a0, 0x10ff]),
  script('Amharic or Tigrinya', 'am ti', [0x1200, 0x137f]),
  script('Khmer', 'km', [0x1780, 0x17ff]),
  script('Armenian', 'hy', [0x0530, 0x058f]),
];

export const evidences: ReadonlyMap<string, Evidence> = new Map(
  [...lexicons, ...scripts].map(({name, codes}) => [codes[0]!, {name, codes}]),
);

/** Characters that are looked at. */
const looked = 2000;
const leastLetters = 40;
const leastWords = 15;

/**
 * The first code of what a text shows to be written in; empty where that is not clear: it is short, mixed, code, or
 * in a language that is not known here.
 */
export function languageOf(text: string): string {
  const part = text.slice(0, looked);
  const counts = new Map<Script, number>();
  let latin = 0;
  for (const character of part) {
    const code = character.codePointAt(0)!;
    if (code < 0x41) continue;
    if (code < 0x250) {
      if (code < 0x5b || (code > 0x60 && code < 0x7b) || code > 0xbf) latin++;
      continue;
    }
    const found = scripts.find(({ranges}) => ranges.some(([first, last]) => code >= first && code <= last));
    if (found !== undefined) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const letters = [...counts.values()].reduce((sum, count) => sum + count, latin);
  // A character of these two is a syllable, or a word.
  const east = (counts.get(kana) ?? 0) + (counts.get(han) ?? 0);
  if (letters + 2 * east < leastLetters) return '';
  if (east > 0.6 * letters) return (counts.get(kana) ?? 0) > 0.1 * east ? 'ja' : 'zh';
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (most !== undefined && most[1] > 0.7 * letters) return most[0].codes[0]!;
  return latin > 0.9 * letters ? byWords(part) : '';
}

function byWords(text: string): string {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < leastWords) return '';
  const scores = lexicons.map(({words: own, codes}) => {
    const hits = words.filter(word => own.has(word));
    // A word that several languages have says little on which it is.
    const score = hits.reduce((sum, word) => sum + 1 / sharedBy.get(word)!, 0);
    return {code: codes[0]!, hits: hits.length, score};
  });
  const [best, second] = scores.sort((a, b) => b.score - a.score) as [(typeof scores)[0], (typeof scores)[0]];
  const isClear = best.hits >= 5 && best.hits > 0.15 * words.length && best.score > 1.5 * second.score;
  return isClear ? best.code : '';
}

const threeLetters: Readonly<Record<string, string>> = Object.fromEntries(
  'eng:en deu:de ger:de fra:fr fre:fr spa:es por:pt glg:gl ita:it nld:nl dut:nl afr:af swe:sv dan:da nob:nb nor:no nno:nn fin:fi pol:pl ces:cs cze:cs slk:sk slo:sk hun:hu ron:ro rum:ro tur:tr aze:az ind:id msa:ms may:ms zsm:ms vie:vi cat:ca hrv:hr srp:sr bos:bs zho:zh chi:zh jpn:ja kor:ko rus:ru ukr:uk bul:bg ara:ar arb:ar fas:fa per:fa urd:ur hin:hi mar:mr nep:ne heb:he ell:el gre:el tha:th ben:bn tam:ta tel:te guj:gu pan:pa kan:kn mal:ml sin:si khm:km lao:lo mya:my kat:ka hye:hy amh:am'
    .split(' ')
    .map(pair => pair.split(':') as [string, string]),
);

/** A language tag without script and region, in the two letters of ISO 639-1 where it has some. */
export function baseCode(tag: string): string {
  const base = tag.toLowerCase().split(/[-_]/, 1)[0]!;
  return threeLetters[base] ?? base;
}

/** The code of a language that is called by its name. */
export function codeOfName(name: string): string | undefined {
  const wanted = name.toLowerCase();
  for (const {name: own, codes} of evidences.values()) {
    const names = own.toLowerCase().split(/, | or /);
    const at = names.indexOf(wanted);
    if (at >= 0) return codes[Math.min(at, codes.length - 1)];
  }
  return {russian: 'ru', arabic: 'ar', hindi: 'hi', ukrainian: 'uk', persian: 'fa', urdu: 'ur'}[wanted];
}
