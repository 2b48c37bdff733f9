/** What rows and texts say themselves about who wrote them. */
import type {KeywordList, RowFields} from '../../src/api.js';

/** Names of models and of kinds of writing by models, as values of fields that could name a person too. */
const families =
  'chat-?gpt[\\w.-]*|gpt[-_ ]?(?:\\d|j|neo|oss)[\\w.-]*|text-(?:davinci|curie|babbage|ada)[\\w-]*|davinci-?\\d*|o[134](?:-(?:mini|pro|preview)[\\w-]*)?|claude(?:[-_ ](?:\\d|v\\d|opus|sonnet|haiku|instant|code|ai)[\\w.-]*)?|gemini(?:[-_ ](?:\\d|pro|flash|ultra|nano|advanced)[\\w.-]*)?|gemma[-_ ]?\\d[\\w.-]*|llama[-_ ]?\\d[\\w.-]*|code-?llama[\\w.-]*|mi[sx]tral[-_ ]?\\w[\\w.-]*|mistral|qwen[\\w.-]*|deepseek[\\w.-]*|grok(?:[-_ ]\\d[\\w.-]*)?|palm-?2?|bard|(?:github |microsoft |ms )?copilot|command-r[\\w.-]*|falcon-\\d+b[\\w.-]*|vicuna[\\w.-]*|phi-\\d[\\w.-]*|kimi[-_ ]?k\\d[\\w.-]*|glm-\\d[\\w.-]*|ernie[-_ ]?\\d[\\w.-]*|bloomz?[-_]?\\d*b?|self-instruct|evol-instruct|an? (?:ai|llm|language model)|ai|llm|language model|machine|model|synthetic|(?:ai|llm|machine|model|synthetically|artificially|gpt)[-_ ](?:generated|written|authored)';
const namesModel = new RegExp(`^(?:[\\w.-]+/)?(?:${families})$`, 'i');
/** In front matter `model` and `machine` may be the subject of the text. */
const productNamed = new RegExp(`^(?:${families.replace('|machine|model|synthetic', '')})$`, 'i');

/** Fields that name a model, whatever the value. */
const generatorKeys = new Set(
  'generator model model_name model_id model_used llm llm_model generated_by generation_model generator_model gen_model synthesizer teacher teacher_model response_model answer_model author_model'.split(
    ' ',
  ),
);
/** Fields that say yes or no. */
const flagKeys = new Set(
  'synthetic is_synthetic ai_generated is_ai_generated machine_generated is_machine_generated llm_generated is_llm_generated model_generated is_generated is_ai is_machine machine synthetic_data'.split(
    ' ',
  ),
);
/** Fields that name a writer or a kind, who may be a person. */
const writerKeys = new Set(
  'author authors writer written_by creator created_by source origin provenance label generation_method digital_source_type digitalsourcetype annotator'.split(
    ' ',
  ),
);
/** Fields that hold others. */
const holders = new Set('meta metadata _meta info provenance extra'.split(' '));

export interface Declared {
  readonly field: string;
  readonly value: string;
}

const longestValue = 80;
const iptc = /(?:^|\/)(?:trainedAlgorithmicMedia|compositeWithTrainedAlgorithmicMedia)$/;

/**
 * The field of a row that says that a model wrote it; `human` are names of generators that are people, `known`
 * is the generator that the record is known by: a field that says no more is passed over.
 */
export function declaredField(
  row: RowFields,
  human: ReadonlySet<string>,
  known: string | undefined,
  prefix = '',
): Declared | undefined {
  for (const key of tellingNames(row.fieldNames)) {
    const value = row.field(key);
    const kind = kindOf(key)!;
    if (kind === 'generator' && value === known) continue;
    if (kind === 'holder') {
      if (prefix !== '' || typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      const inside = declaredField(fieldsOf(value as Record<string, unknown>), human, known, `${key}.`);
      if (inside !== undefined) return inside;
    } else if (says(kind, value, human)) {
      return {field: prefix + key, value: String(value).trim().slice(0, longestValue)};
    }
  }
  return undefined;
}

const fieldsOf = (row: Readonly<Record<string, unknown>>): RowFields => ({
  fieldNames: new Set(Object.keys(row)),
  field: name => row[name],
});

const telling = new WeakMap<ReadonlySet<string>, readonly string[]>();

/** The fields that may say something: none in most rows, of which nothing is parsed then. */
function tellingNames(names: ReadonlySet<string>): readonly string[] {
  let known = telling.get(names);
  if (known === undefined) {
    known = [...names].filter(name => kindOf(name) !== undefined);
    telling.set(names, known);
  }
  return known;
}

type KeyKind = 'generator' | 'flag' | 'writer' | 'holder';
const kinds = new Map<string, KeyKind | undefined>();
/** Rows of one file have the same keys; hostile ones do not, and are not remembered. */
const kindsKept = 4096;

function kindOf(key: string): KeyKind | undefined {
  if (kinds.has(key)) return kinds.get(key);
  const plain = key.toLowerCase().replaceAll('-', '_');
  const kind = generatorKeys.has(plain)
    ? 'generator'
    : flagKeys.has(plain)
      ? 'flag'
      : writerKeys.has(plain)
        ? 'writer'
        : holders.has(plain)
          ? 'holder'
          : undefined;
  if (kinds.size < kindsKept) kinds.set(key, kind);
  return kind;
}

function says(kind: KeyKind, value: unknown, human: ReadonlySet<string>): boolean {
  if (kind === 'flag') return value === true || value === 1 || value === 'true' || value === 'yes';
  if (typeof value !== 'string' || value.length > 200) return false;
  const name = value.trim();
  if (name === '' || human.has(name.toLowerCase())) return false;
  return kind === 'generator' ? !nothing.test(name) : namesModel.test(name) || iptc.test(name);
}

const nothing = /^(?:none|null|n\/?a|unknown|undefined|-+|\?+)$/i;

/** Where a text says so itself: its front matter or a line about how it was made. Offsets in the text. */
export interface Statement {
  readonly start: number;
  readonly end: number;
}

const product =
  'ChatGPT|GPT-?[345][\\w.-]{0,10}|OpenAI|Claude(?: (?:Code|AI|\\d[\\w. -]{0,10}|Opus|Sonnet|Haiku))?|Anthropic|(?:Google )?Gemini|(?:GitHub |Microsoft )?Copilot|DeepSeek|Grok|Llama|Mistral|Qwen|(?:an? )?(?:AI|A\\.I\\.|artificial intelligence|(?:large )?language model|LLM|AI (?:model|tool|assistant|system|chatbot))';
const statementPhrases: readonly string[] = [
  ...['generated', 'written', 'created', 'produced', 'drafted', 'authored', 'composed'].flatMap(verb =>
    ['by', 'with', 'using', 'entirely by', 'in part by'].map(link => `${verb} ${link}`),
  ),
  ...[
    'co authored by claude',
    'co authored by copilot',
    'ai generated',
    'mit ki erstellt',
    'von einer ki',
    'généré par',
    'générée par',
    'rédigé par',
    'generado por',
    'gerado por',
    'generato da',
  ],
];
export const statementKeywords: KeywordList = {phrases: statementPhrases};
const statements: readonly RegExp[] = [
  new RegExp(
    `(?:^|[.!?*_(>]\\s{0,2}|\\n)[*_(>\\s]{0,4}(?:(?:this|the (?:above|following|preceding)) (?:\\w{1,14} ){0,2}(?:article|text|post|story|content|document|page|answer|response|summary|essay|review|poem|dataset|entry|message|description|code|report|email|letter|record|sample|card|translation) (?:was|is|were|has been|have been) (?:\\w{3,12}ly |in part |first )?)(?:generated|written|created|produced|drafted|authored|composed)(?: entirely| in part)? (?:by|with|using)(?: the help of| help from| assistance from)? (?:${product})(?![\\w-])`,
    'iu',
  ),
  new RegExp(
    `^[*_(>\\s🤖-]{0,6}(?:generated|written|created|produced) (?:by|with|using) \\[?(?:${product})(?![\\w-])`,
    'imu',
  ),
  /^co-authored-by: (?:claude|copilot|chatgpt|cursor|devin)\b/imu,
  /^[*_(>\s[]{0,6}(?:note: )?(?:this is )?(?:an? )?AI[- ]generated (?:content|text|summary|article|response|answer|overview|translation)\b/imu,
  /(?:dieser|dieses|diese) (?:Artikel|Text|Beitrag|Antwort|Zusammenfassung) wurde (?:mit (?:Hilfe von )?(?:KI|ChatGPT|künstlicher Intelligenz)|von (?:einer KI|ChatGPT|künstlicher Intelligenz)) (?:erstellt|geschrieben|generiert|verfasst)/iu,
  /(?:cet article|ce texte|cette réponse|ce contenu) a été (?:généré|rédigé|écrit|créé)e? (?:par|avec) (?:l['’]IA|une IA|ChatGPT|une intelligence artificielle)/iu,
  /(?:este artículo|este texto|esta respuesta|este artigo|questo articolo|questo testo) (?:ha sido|fue|foi|è stat[oa]) (?:generad[oa]|escrit[oa]|gerad[oa]|generat[oa]|scritt[oa]) (?:por|da|con|com) (?:(?:una |uma |un['’])?(?:IA|ChatGPT|inteligencia artificial|inteligência artificial|intelligenza artificiale))/iu,
];

/** A statement in the text on how it was made. */
export function statementIn(text: string): Statement | undefined {
  for (const pattern of statements) {
    const match = pattern.exec(text);
    if (match === null) continue;
    const lead = /^[\s.!?]*/.exec(match[0])![0].length;
    return {start: match.index + lead, end: match.index + match[0].length};
  }
  return undefined;
}

export const matterKeywords: KeywordList = {signs: ['---']};
/** Front matter is short: of a longer one the rest is not looked at. */
const longestMatter = 2000;
const line =
  /^(?:author|authors|generator|generated_by|generated-by|model|written_by|written-by|creator|created_by|ai_model|llm): *["']?([^"'\n]{1,80}?)["']? *$|^(?:ai_generated|ai-generated|is_synthetic|synthetic|machine_generated): *(?:true|yes|1) *$/gimu;

/** The line of YAML front matter (or of a data or model card) that names a model as the writer. */
export function frontMatterLine(text: string): Statement | undefined {
  if (!text.startsWith('---')) return undefined;
  const close = text.indexOf('\n---', 3);
  if (close === -1 || close > longestMatter) return undefined;
  const matter = text.slice(0, close);
  for (const match of matter.matchAll(line)) {
    const named = match[1];
    if (named === undefined || productNamed.test(named.trim()))
      return {start: match.index, end: match.index + match[0].length};
  }
  return undefined;
}
