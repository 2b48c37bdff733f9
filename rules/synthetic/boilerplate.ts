/** What assistants say about themselves and to those who asked, and how it is found. */
import type {KeywordList} from '../../src/api.js';

export const boilerplateKinds = ['self-reference', 'refusal', 'cutoff', 'opening', 'offer'] as const;
export type BoilerplateKind = (typeof boilerplateKinds)[number];

export interface Phrasing {
  readonly kind: BoilerplateKind;
  readonly where: 'anywhere' | 'start' | 'end';
  /** One of them must stand in the record before the pattern is tried. */
  readonly keywords: KeywordList;
  /** Linear: every repetition is bounded. */
  readonly pattern: RegExp;
}

const apostrophe = "['’]";
const am = `(?:${apostrophe}m| am)`;
const not = `(?:cannot|can${apostrophe}t|can not|won${apostrophe}t|am (?:unable|not able) to|${apostrophe}m (?:unable|not able) to)`;
const makers = 'OpenAI|Anthropic|Google|Meta|Microsoft|Alibaba|DeepSeek|Mistral|xAI|Cohere|LMSYS|LAION';
/** What may stand between `an AI` and the speaker, so that `as an AI researcher, I` is no match. */
const machine = `(?:(?:large |small |text-based |artificial |virtual |helpful |responsible |digital |conversational |neutral |intelligent |ethical |advanced |safe |AI |AI-powered |language |chat ){0,4}(?:language model|language program|AI|A\\.I\\.|LLM|chatbot|chat bot|AI assistant|AI model|AI system|AI chatbot|virtual assistant|digital assistant|artificial intelligence)(?: \\(AI\\))?(?: (?:language )?(?:model|assistant|system|program|chatbot))?)`;

const phrase = (
  kind: BoilerplateKind,
  where: Phrasing['where'],
  keywords: KeywordList,
  pattern: string,
): Phrasing => ({kind, where, keywords, pattern: new RegExp(pattern, 'iu')});

const anywhere = (kind: BoilerplateKind, phrases: readonly string[], pattern: string) =>
  phrase(kind, 'anywhere', {phrases}, pattern);
/** What may stand before the first word. */
const before = '[\\s"“*#>_¡-]{0,6}';
/** Its phrases are the first words: behind them a match has anything but a letter. */
const start = (phrases: readonly string[], pattern: string, signs: readonly string[] = []) =>
  phrase('opening', 'start', {phrases, signs}, `^${before}(?:${pattern})`);
const end = (phrases: readonly string[], pattern: string) => phrase('offer', 'end', {phrases}, pattern);

const agreed = [
  ...['certainly', 'sure', 'sure thing', 'of course', 'absolutely', 'definitely', 'no problem', 'gladly'],
  ...['understood', 'got it', 'okay', 'alright'],
];
const goesOn = ['here', 'below', 'i d', 'i would', 'i can', 'this is', 'that is', 'happy to help'];
const hereIs = ['here s', 'here is', 'here are', 'this is', 'below is', 'below are'];

const english: readonly Phrasing[] = [
  anywhere(
    'self-reference',
    [
      'ai',
      'language model',
      'language program',
      'artificial intelligence',
      'chatbot',
      'virtual assistant',
      'digital assistant',
      'llm',
    ],
    `\\bas an? ${machine}(?: (?:developed|created|trained|designed|built|made|powered) by [^,.\\n]{1,40})?,? (?:I|my|it(?:${apostrophe}s| is| would be) (?:not|against|im|un))\\b`,
  ),
  anywhere(
    'self-reference',
    [
      'an ai',
      'language model',
      'language program',
      'artificial intelligence',
      'a chatbot',
      'virtual assistant',
      'computer program',
    ],
    `\\bI${am} (?:just |only |merely |simply |but |here as )?an? (?:${machine}|computer program)(?=[,.;:!)\\n]| and | so | that | designed | trained | created | developed | with(?:out)? | but |$)`,
  ),
  anywhere(
    'self-reference',
    ['chatgpt', 'an ai', 'language model'],
    `\\bI${am} (?:ChatGPT|(?:Claude|Gemini|Bard|Qwen|DeepSeek|Grok|Copilot|Llama|Open Assistant|Vicuna|Assistant), (?:an?|your|the) (?:${machine}|helpful assistant))\\b`,
  ),
  anywhere(
    'self-reference',
    makers
      .toLowerCase()
      .split('|')
      .map(maker => `by ${maker}`),
    `\\bI (?:was|am|have been) (?:trained|developed|created|built|designed|made) by (?:${makers})\\b`,
  ),
  anywhere(
    'refusal',
    ['language model', 'language program', 'request', 'with that', 'with this', 'an ai'],
    `\\bI ?${not} (?:help|assist|comply|fulfil+|provide|complete|generate|create|engage)(?: you)?(?: with)? (?:(?:that|this|your|the|such) (?:particular )?(?:request|prompt|instruction|task)|that,? as I${am} (?:only |just )?an? (?:language|AI))\\b`,
  ),
  anywhere(
    'refusal',
    ['sorry but', 'apologize but', 'apologise but', 'apologies but'],
    `^(?:[^\\S\\n]{0,4})(?:I${am} (?:really |very |so |truly )?sorry|I apologi[sz]e|my apologies|sorry),? but (?:as an? ${machine}|I ?${not} (?:assist|help|fulfil+|provide|comply|complete|generate|create|engage|continue|answer|discuss|access|support|write|produce|process|browse|open)|I (?:do not|don${apostrophe}t) have (?:access|the ability|enough (?:information|context)|personal|any information)|(?:your|the) (?:question|request|prompt|instruction|message|statement) (?:is|does|seems|appears)|there (?:seems|appears) to be)\\b`,
  ),
  anywhere(
    'refusal',
    [
      'personal opinions',
      'personal opinion',
      'personal views',
      'personal beliefs',
      'personal feelings',
      'personal experiences',
      'personal experience',
      'personal preferences',
      'personal emotions',
      'real time',
      'to browse',
      'the internet',
      'ability to',
    ],
    `\\bI (?:do not|don${apostrophe}t|cannot|can${apostrophe}t) (?:have|possess|hold|express|provide|access|browse)(?: any)? (?:personal (?:opinions?|views?|beliefs?|feelings?|experiences?|preferences?|emotions?)(?: or | and |,|\\.)|(?:the )?(?:ability|capability|capacity) to (?:browse|access|feel|have personal|experience|view|open)|(?:access to )?(?:real-?time|live) (?:data|information|updates?|access|news|weather|prices)|the internet(?: in real|,| or | and |\\.| to (?:look|search|check)))`,
  ),
  anywhere(
    'refusal',
    ['your feedback'],
    `\\bif you (?:believe|think|thought|feel)s? this is an? \\w{3,20}, please send us your feedback\\b`,
  ),
  anywhere(
    'cutoff',
    [
      'cutoff',
      'cut off',
      'last update',
      'latest update',
      'knowledge update',
      'training update',
      'last updated',
      'last training',
      'training data',
    ],
    `\\b(?:(?:as of|up to|until|since|beyond|after|before|in|at) my (?:(?:last|latest|most recent|current) )?(?:(?:knowledge|training)(?: data)?(?: update| cut-?off(?: date)?|,| in| \\()|update|cut-?off)|my (?:last )?(?:knowledge|training)(?: data)? (?:cut-?off|was last updated|(?:only )?(?:goes|extends|ends|stops|is current)(?: only)?(?: up)? (?:to|until|in|as of))|based on my training data)\\b`,
  ),
  start(
    agreed.flatMap(yes => goesOn.map(more => `${yes} ${more}`)),
    `(?:certainly|sure(?: thing)?|of course|absolutely|definitely|no problem|gladly|understood|got it|okay|alright)(?=[!,. ])[!,.]? {0,2}(?:here(?:${apostrophe}s| is| are) |below (?:is|are) |I(?:${apostrophe}d| would) be (?:happy|glad|delighted) to (?:help|assist|provide|write|explain|create)|I can (?:certainly |definitely )?(?:help|assist) (?:you|with)|(?:this|that) is (?:the|a) possible |happy to help[.!])`,
  ),
  start(
    hereIs,
    `(?:here(?:${apostrophe}s| is| are)|this is|below (?:is|are)|this is based on) (?:(?:an?|the|my|your|some|one) )?(?:[^.:\\n]{0,80} )?(?:(?:\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)[ -](?:sentences?|words?|\\w{1,12} (?:news|academic|story|review|abstract|article)|bullet points|paragraphs?)|(?:possible|polished|revised|rewritten|reworded|paraphrased|requested|improved|corrected|edited|continued|translated|summarized|simplified) (?:\\w{1,12} ){0,3}(?:version|continuation|abstract|text|sentences?|story|review|article|paragraph|passage|essay|poem|code|draft|rview|summary|script)|(?:version|continuation|draft|summary|translation|list|example|outline|response|code|function|abstract|story|review|article|essay|poem|letter|email) (?:of|for|to|based on|in|that|with|from) (?:the|your|this|a) (?:\\w{1,12} ){0,3}(?:text|prompt|request|topic|title|sentence|summary|review|passage|story|given|provided|requested|question|task|input|first sentence))\\b[^.:\\n]{0,120}:`,
  ),
  start(
    hereIs,
    `(?:here(?:${apostrophe}s| is)|this is) (?:a|my|the|your) (?:\\w{1,12} )?(?:draft|attempt|take|revision|rewrite)\\b[^.:\\n]{0,60}:`,
  ),
  start(
    hereIs,
    `here(?:${apostrophe}s| is| are) the (?:provided|given|requested|revised|rewritten|modified|updated|corrected|translated) [^.:\\n]{2,80}:`,
  ),
  start(
    ['great please', 'great let', 'great i can'],
    `great! (?:please (?:go ahead|provide)|(?:let${apostrophe}s|I can help))`,
  ),
  end(
    ['would you like', 'anything else', 'would like to know', 'would like me to', 'like to know more'],
    `\\b(?:would you like me to (?:help|continue|explain|provide|elaborate|expand|write|create|generate|add|make|include|go|suggest|show|draft|adjust|share|give|do|turn|adapt|also)|(?:is|was) there (?:anything|something) else (?:that )?(?:I can|you(?:${apostrophe}d| would) like)|is there (?:a|any|some) (?:specific|particular) [^?\\n]{0,80}you(?:${apostrophe}d| would) like (?:me )?to)[^?\\n]{0,160}\\?`,
  ),
  end(
    [
      'let me know if',
      'free to ask',
      'further assistance',
      'further clarification',
      'need any further',
      'further questions',
    ],
    `\\b(?:let me know if you(?:${apostrophe}d| would) like (?:me to|any (?:changes|adjustments|modifications|further|more))|let me know if you (?:need|have|require|want) (?:any )?(?:further|additional|more|other) (?:assistance|help|information|clarification|questions|details|adjustments|modifications|changes)|feel free to ask(?: me)? (?:if|for|any|me))`,
  ),
  end(
    ['feel free to'],
    `\\bfeel free to (?:adjust|modify|customi[sz]e|tweak|adapt|personali[sz]e) (?:this|it|the|these|any|as|and|or|to)\\b`,
  ),
];

const speaks = (phrases: readonly string[], pattern: string) => anywhere('self-reference', phrases, pattern);

/** What most assistants say of themselves, by language. Word borders of `\\b` know no letters beyond ASCII. */
const others: readonly Phrasing[] = [
  // German
  speaks(
    ['ki', 'sprachmodell', 'künstliche intelligenz', 'ki sprachmodell'],
    '(?<!\\p{L})als (?:ein(?:e|es)? )?(?:großes )?(?:KI(?:-(?:Sprachmodell|Modell|Assistent(?:in)?|Assistenz))?|Sprachmodell|künstliche Intelligenz)(?:,? (?:kann|habe|bin|verfüge|besitze|darf|werde|ist es mir|steht)| von \\p{L}+ (?:kann|habe)) ?(?:ich|es mir|mir)?',
  ),
  anywhere(
    'refusal',
    ['tut mir leid', 'anfrage'],
    '^[^\\S\\n]{0,4}(?:es )?tut mir (?:sehr )?leid, (?:aber )?(?:(?:dabei|damit|bei dieser anfrage) kann ich|ich kann) [^.\\n]{0,60}nicht [^.\\n]{0,40}(?:helfen|erfüllen|beantworten|erstellen|unterstützen|weiterhelfen)',
  ),
  start(
    ['natürlich', 'gern', 'gerne', 'selbstverständlich', 'klar', 'sicher'],
    '(?:natürlich|gerne?|selbstverständlich|klar|sicher)[!,.] {0,2}(?:hier (?:ist|sind|kommt|findest)|im folgenden|nachfolgend|ich helfe (?:dir|ihnen))',
  ),
  // French
  speaks(
    [
      'qu ia',
      'modèle de langage',
      'modèle linguistique',
      'intelligence artificielle',
      'assistant ia',
      'assistant virtuel',
    ],
    `(?<!\\p{L})en tant qu(?:e |${apostrophe}) ?(?:un(?:e)? )?(?:grand )?(?:IA|modèle (?:de langage|linguistique)|intelligence artificielle|assistant(?:e)? (?:IA|virtuel(?:le)?))[^.!?\\n]{0,60}?,? (?:je|il m|j${apostrophe})`,
  ),
  anywhere(
    'refusal',
    ['je suis désolé', 'je suis désolée'],
    `^[^\\S\\n]{0,4}(?:je suis )?désolée?, (?:mais )?je ne (?:peux|suis) (?:pas|malheureusement)[^.\\n]{0,60}(?:aider|demande|répondre|fournir|capable)`,
  ),
  start(
    ['bien sûr', 'certainement', 'avec plaisir', 'absolument', 'd accord'],
    "(?:bien sûr|certainement|avec plaisir|absolument|d’accord|d'accord) ?[!,.] {0,2}(?:voici|voilà|je peux|je serais (?:ravie?|heureux))",
  ),
  // Spanish
  speaks(
    ['modelo de lenguaje', 'inteligencia artificial', 'como ia', 'asistente de ia', 'una ia'],
    '(?<!\\p{L})como (?:un(?:a)? )?(?:gran )?(?:modelo de lenguaje|inteligencia artificial|IA|asistente (?:de IA|virtual))(?: de (?:IA|inteligencia artificial))?(?: (?:desarrollado|creado|entrenado)a? por \\p{L}+)?, ?(?:no (?:tengo|puedo|poseo)|mi|puedo|yo|me)(?!\\p{L})',
  ),
  anywhere(
    'refusal',
    ['lo siento pero', 'lo siento'],
    '^[^\\S\\n]{0,4}lo siento(?: mucho)?, (?:pero )?no puedo (?:ayudar|cumplir|proporcionar|generar|crear|continuar|responder)',
  ),
  start(
    ['claro', 'por supuesto', 'desde luego', 'con gusto'],
    '(?:claro(?: que sí)?|por supuesto|desde luego|con gusto)(?=[!,. ¡])[!,.]{0,2} {0,2}¡?(?:aquí (?:está|tienes|tiene|te|le|hay|va)|a continuación|con gusto te)',
  ),
  // Portuguese
  speaks(
    ['modelo de linguagem', 'inteligência artificial', 'como ia', 'uma ia', 'assistente de ia'],
    '(?<!\\p{L})como (?:um(?:a)? )?(?:modelo de linguagem|inteligência artificial|IA|assistente (?:de IA|virtual))(?: de (?:IA|inteligência artificial))?, ?(?:eu|não (?:tenho|posso|possuo)|meu|posso|minha)(?!\\p{L})',
  ),
  start(
    ['claro', 'com certeza', 'certamente'],
    '(?:claro(?: que sim)?|com certeza|certamente|é claro)[!,.] {0,2}(?:aqui (?:está|estão|vai|tem)|a seguir|segue)',
  ),
  // Italian
  speaks(
    ['modello linguistico', 'modello di linguaggio', 'intelligenza artificiale', 'un ia'],
    `(?<!\\p{L})(?:in quanto|come) (?:un(?:${apostrophe}|a)? ?)?(?:modello (?:linguistico|di linguaggio)|intelligenza artificiale|IA|assistente (?:IA|virtuale))(?: di intelligenza artificiale)?, ?(?:non (?:ho|posso|sono)|io|il mio|posso|la mia)(?!\\p{L})`,
  ),
  start(
    ['certo', 'certamente', 'ovviamente', 'assolutamente', 'volentieri'],
    '(?:certo|certamente|ovviamente|assolutamente|volentieri)[!,.] {0,2}(?:ecco|di seguito)',
  ),
  // Dutch, Swedish, Danish, Norwegian
  speaks(
    ['taalmodel', 'ai taalmodel', 'språkmodell', 'ai språkmodell', 'sprogmodel', 'ai assistent'],
    '(?<!\\p{L})(?:als|som) (?:een |en )?(?:AI-?)?(?:taalmodel|språkmodell?|sprogmodel|AI-assistent)(?: getraind door \\p{L}+)?,? (?:heb|kan|ben|har|er|är|kan) (?:ik|jag|jeg)(?!\\p{L})',
  ),
  start(
    ['natuurlijk', 'zeker', 'självklart', 'självfallet', 'selvfølgelig', 'naturligvis'],
    '(?:natuurlijk|zeker|självklart|självfallet|selvfølgelig|naturligvis)[!,.] {0,2}(?:hier (?:is|zijn|volgt)|här (?:är|kommer)|her (?:er|kommer))',
  ),
  // Polish, Czech
  speaks(
    ['model językowy', 'sztuczna inteligencja', 'jazykový model', 'umělá inteligence'],
    '(?<!\\p{L})jako (?:duży |velký |AI )?(?:model językowy|sztuczna inteligencja|jazykový model|umělá inteligence)(?: AI)?,? (?:nie |ne)?(?:mam|mogę|jestem|posiadam|mám|mohu|můžu|jsem)(?!\\p{L})',
  ),
  start(
    ['oczywiście', 'jasne', 'jistě', 'samozřejmě'],
    '(?:oczywiście|jasne|jistě|samozřejmě)[!,.] {0,2}(?:oto|poniżej|zde (?:je|jsou)|tady (?:je|jsou))',
  ),
  // Russian, Ukrainian
  speaks(
    ['языковая модель', 'искусственный интеллект', 'мовна модель', 'штучний інтелект'],
    '(?<!\\p{L})(?:как|як|я|будучи) ?[-–—,]? ?(?:большая |велика |просто |всего лишь )?(?:языковая модель|искусственный интеллект|мовна модель|штучний інтелект)(?: ИИ)?,? (?:я|у меня|мне|мои|не (?:могу|имею)|у мене|мені)(?!\\p{L})',
  ),
  start(
    ['конечно', 'разумеется', 'безусловно', 'звичайно', 'звісно'],
    '(?:конечно|разумеется|безусловно|звичайно|звісно)[!,.] {0,2}(?:вот|ниже|ось)',
  ),
  // Turkish, Indonesian, Vietnamese
  speaks(
    ['dil modeli', 'yapay zeka', 'model bahasa', 'mô hình ngôn ngữ'],
    '(?<!\\p{L})(?:bir )?(?:yapay zek[aâ](?: dil modeli| asistanı)?|(?:büyük )?dil modeli) olarak,? (?:ben|kişisel|benim|size|bir|doğrudan)(?!\\p{L})|(?<!\\p{L})sebagai (?:sebuah )?(?:model bahasa|kecerdasan buatan|AI)(?: AI| besar)?, saya(?!\\p{L})|(?<!\\p{L})(?:là|với tư cách là) một (?:mô hình ngôn ngữ|AI|trí tuệ nhân tạo)[^.\\n]{0,30}, tôi(?!\\p{L})',
  ),
  start(
    ['elbette', 'tabii', 'tentu', 'chắc chắn rồi', 'dĩ nhiên'],
    '(?:elbette|tabii(?: ki)?|tentu(?: saja)?|chắc chắn rồi|dĩ nhiên)[!,.] {0,2}(?:işte|aşağıda|berikut|ini|dưới đây|đây là)',
  ),
  // Chinese, Japanese, Korean
  speaks(
    [
      '人工智能',
      '语言模型',
      '語言模型',
      '言語モデル',
      'ai言語モデル',
      '언어',
      '언어 모델로서',
      '언어 모델로',
      '인공지능',
    ],
    '(?:作为|作為|我是|我只是)(?:一个|一個|一名|一款|一种)?(?:大型|AI|人工智能|人工智慧)?(?:AI|人工智能|人工智慧|语言模型|語言模型)(?:语言模型|語言模型|助手|模型|程序)?[，,。]?(?:我|没有|沒有|无法|無法|并|不)|(?:AI|人工知能|大規模)?(?:の)?言語モデル(?:として|なので|である私)[^。\\n]{0,30}(?:私|でき|ません|持)|(?:AI|인공지능)(?: 언어)? 모델(?:로서|이기 때문에|이므로)',
  ),
  anywhere(
    'refusal',
    ['很抱歉', '对不起', '申し訳ありませんが', '죄송하지만'],
    '^[^\\S\\n]{0,4}(?:很?抱歉|对不起)，?(?:但)?(?:作为|我(?:无法|不能))[^。\\n]{0,20}(?:提供|协助|帮助|满足|回答|人工智能|AI)|^申し訳(?:ありません|ございません)が、[^。\\n]{0,40}(?:お手伝い|対応|お答え|提供)[^。\\n]{0,10}(?:できません|できかねます)|^죄송하지만,? [^.\\n]{0,40}(?:수 없습니다|도와드릴)',
  ),
  start(
    ['물론', '물론입니다', '물론이죠', '물론이에요', '네', '알겠습니다'],
    '(?:当然(?:可以)?|好的|没问题|當然)[！，,!。] {0,2}(?:以下|这里|下面|這裡|我(?:来|可以|会))|(?:もちろん(?:です)?|はい|承知(?:しました|いたしました))[！、。!] {0,2}(?:以下|こちら)|(?:물론(?:입니다|이죠|이에요)?|네|알겠습니다)[!,.] {0,2}(?:다음은|여기|아래)',
    ['当然', '當然', '好的', '没问题', 'もちろん', 'はい', '承知'],
  ),
  // Arabic, Hindi
  speaks(
    ['لغوي', 'نموذج لغة', 'ذكاء اصطناعي', 'भाषा मॉडल', 'ai भाषा मॉडल'],
    '(?:كنموذج لغوي|بصفتي (?:نموذج|ذكاء)|كذكاء اصطناعي|أنا (?:مجرد )?نموذج لغوي)|(?:AI|एआई|एक) ?(?:AI )?भाषा मॉडल (?:के रूप में|होने के नाते)',
  ),
];

export const phrasings: readonly Phrasing[] = [...english, ...others];

/** Characters of a beginning that are enough to know whether it may be an opening. */
export const openingUnits = 32;

/** First words of all openings: a text that begins with none of them is not shown to the patterns. */
export const openingWords = new RegExp(
  `${before}(?:certainly|sure|of course|absolutely|definitely|no problem|gladly|understood|got it|okay|alright|here|this is|below|great|natürlich|gern|selbst|klar|sicher|bien s|certain|avec plaisir|absol|d['’]accord|claro|por supuesto|desde luego|con |com certeza|certam|é claro|certo|ovvia|assol|volent|natuurlijk|zeker|själv|selvf|naturlig|oczywi|jasne|jist|samoz|конечно|разумеется|безусловно|звич|звісно|elbette|tabii|tentu|chắc|dĩ nhiên|当然|當然|好的|没问题|もちろん|はい|承知|물론|네|알겠)`,
  'iuy',
);
