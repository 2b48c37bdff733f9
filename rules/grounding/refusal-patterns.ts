/**
 * How answers decline, say that the sources do not hold the answer, and fill up what is left, by language.
 * A sentence is tested with its first 400 characters, in lower case, with straight apostrophes. Gaps between
 * words are bounded, so no sentence can stall the search.
 */
export interface LanguagePatterns {
  /** Says that it cannot, will not, or does not know. */
  readonly declines: RegExp;
  /** Says that the sources, or what is given, do not hold it. */
  readonly absent: RegExp;
  /** Turns to what it can say instead. What stands behind it is an answer. */
  readonly turns: RegExp;
  /** Asks for more, offers help, sends the reader elsewhere: no answer by itself. */
  readonly courtesy: RegExp;
}

const patterns = {
  en: {
    declines:
      /\b(?:i|we)(?: am| are|'m|'re)? (?:(?:really|very|truly|so|just|unfortunately|simply|also) ){0,2}(?:sorry|afraid|apologi[sz]e)\b.{0,80}?\b(?:(?:cannot|can not|can't|won't|will not|unable to) (?!be\b|think|feel)|not possible to (?:provide|give|answer|share|tell|fulfill?)|(?:not|n't) (?:able|allowed|permitted|sure|familiar|aware|feel comfortable|know)\b|(?:not|n't) have (?!(?:personal |any )?(?:feelings|emotions|thoughts|opinions|beliefs))|no (?:information|knowledge|access|way)\b|need (?:some )?(?:more|additional|further) (?:information|context|details))|\b(?:i|we) (?:(?:really|also|simply|just|currently|still) ){0,2}(?:cannot|can not|can't|could not|couldn't|won't|will not|must decline to|am not able to|'m not able to|am unable to|'m unable to|am not allowed to|are unable to|am not (?:programmed|designed) to) (?:(?:really|directly|currently|legally|ethically|definitively|accurately|in good conscience) ){0,2}(?:help (?:you|with|out)|assist|provide|answer|give (?:you|a|an|the|any|specific|advice)|offer|generate|create|write|rewrite|fulfill?|comply|respond|discuss|recommend|determine|predict|tell you|access|browse|share|condone|engage|summari[sz]e|translate|support|confirm|verify|identify|extract|rank|calculate|execute|perform|locate|open|view|produce|proceed)\b|(?:^|, |\bso |\band |\bbut )(?:i|we) (?:(?:really|also|currently|still|honestly) )?(?:do not|don't) know\b(?! (?:if|that|how to|you|what to do))|\b(?:i|we) (?:(?:really|also|currently|still) )?(?:do not|don't) (?:(?:currently|actually|really) )?(?:feel comfortable|have (?:(?:a|the|any|enough|direct|sufficient|specific|real-?time|reliable) ){0,3}(?:access|capabilit(?:y|ies)|information|knowledge|data|context|details)|have the ability to (?!think|feel|experience|have|hold))|\bi am an? (?:ai|(?:large )?language model)\b.{0,30}? and (?:do not|don't) have (?:access|the ability)\b|\b(?:i|we) (?:am|are|'m) not familiar with\b|\bas an? (?:ai|artificial intelligence|(?:large )?language model)\b.{0,60}?\b(?:cannot|can't|unable to|not able to) (?!think|feel|experience|have|hold|be\b)|\bsorry,? (?:but )?(?:i|we) (?:cannot|can't|am unable|won't|do not|don't)\b/,
    absent:
      /\b(?:context|documents?|passages?|texts?|sources?|information|article|excerpts?|search results?|snippets?|materials?|question|knowledge base|description|listing|list|section|conversation|story|data) (?:(?:that (?:is|was|were) )?(?:provided|given|above|available|retrieved|supplied|you (?:provided|gave)) )?(?:alone )?(?:do(?:es)?|did) ?(?:not|n't) (?:(?:explicitly|directly|specifically|actually|seem to|appear to) ){0,2}(?:contain|mention|provide|include|specify|say|state|give|address|discuss|have|cover|answer|describe|offer|indicate|explain|tell|list|reveal|refer)\b|\bthere (?:is|was|are) (?:no|not enough|not sufficient|insufficient|not any|n't (?:any|enough)) (?:(?:specific|explicit|relevant|direct|further) ){0,2}(?:information|mention|context|data|evidence|details?|reference|answer)\b.{0,80}?\b(?:context|documents?|passages?|texts?|sources?|provided|given|determine|available|question|answer)\b|\b(?:is|are|was|were) (?:not|n't) (?:(?:explicitly|directly|specifically) )?(?:mentioned|provided|specified|given|stated|included|contained|found|described|discussed|addressed) (?:anywhere )?(?:in|by) (?:the|this|these|any|your)(?: of the)? (?:(?:provided|given|retrieved|available|above) ){0,2}(?:context|documents?|passages?|texts?|sources?|information|article|excerpts?|question|materials?|description|listing|list|conversation|story|data)\b|^(?:.{0,40}\b(?:sorry|apologi[sz]e)\b.{0,20}?)?(?:it (?:looks|seems|appears) (?:like|that) )?you (?:have not|haven't|did not|didn't) (?:(?:actually|yet) )?(?:provided?|included?|shared?|specify|specified|given?|mention(?:ed)?)\b|\b(?:cannot|can't|can not) be (?:determined|answered|found|known|inferred)\b.{0,40}?\b(?:from|with|based on|in|without)\b|\b(?:based on|according to|from|given) the (?:(?:provided|given|available|retrieved) )?(?:context|documents?|passages?|texts?|sources?|information)\b.{0,60}?\b(?:not possible|cannot|can't|unable|impossible|no (?:information|mention))\b|\bit is (?:not possible|impossible) to (?:determine|say|tell|know|answer|extract)\b.{0,120}?\b(?:without|based on|from|given)\b|\b(?:information|context|details) (?:(?:you|that you) )?(?:provided|given|available) (?:is|are) (?:not|n't|in) ?(?:sufficient|enough)/,
    turns:
      /^(?:while|although|though)\b.{0,120}?, (?:i|we|here) (?:can|could|will|'ll|am able|are|is)\b|\b(?:but|however),? (?:it|they|the [a-z]+|this) (?:(?:do|does|did|also|only) )?(?:sa(?:y|id)|state|note|mention|describe|indicate|explain|suggest|show|tell|give)s?d?\b|\b(?:but|however|nevertheless|nonetheless|still|that said|instead|though)\b,?.{0,50}?\b(?:i|we|here)(?: can| could| will| would|'ll|'d| am| is| are| do| must say| believe| think)\b(?! (?:not|n't|be happy|be glad|like to help|only|suggest (?:checking|that you))).{0,60}|^(?:however|instead|in general|generally|that said|here (?:is|are))\b(?!,? (?:you (?:can|could|may|should)|if you|please|i (?:recommend|suggest|encourage)))/,
    courtesy:
      /^(?:(?:however|instead|alternatively|meanwhile),? )?(?:please|feel free|kindly|if (?:you|there|this)|let me know|is there|can you|could you|would you|do you|how about|i(?:'d| would) be (?:happy|glad)|i(?:'m| am) (?:happy|glad|here)|for (?:more|further|the (?:latest|most)|accurate)|you (?:can|could|may|might|should) (?:easily )?(?:check|try|look|consult|ask|contact|refer|find|visit|want to (?:check|consult))|to (?:find out|get|answer|know|provide)|it (?:is|'s|would be) (?:important|best|always|recommended|better|essential|crucial)|i (?:recommend|suggest|encourage|advise|would recommend|apologize|hope)|(?:i am|i'm) (?:just )?an? (?:ai|language model)|instead, (?:i|you)|my (?:knowledge|purpose|training|role)|therefore|thank)\b/,
  },
  de: {
    declines:
      /\b(?:es tut mir leid|tut mir leid|leider|entschuldigung|ich bedauere)\b.{0,80}?\b(?:kann ich|ich kann|können wir|darf ich|habe ich|ich habe|weiß ich)\b.{0,80}?\b(?:nicht|keine[nr]?|kein)\b|\bich (?:kann|darf|werde|möchte) .{0,60}?\bnicht (?:helfen|beantworten|geben|sagen|erstellen|schreiben|bereitstellen|unterstützen|bestimmen|liefern)\b|\bich (?:weiß (?:es|das) nicht|habe (?:leider )?keine(?:n)? (?:informationen?|zugriff|zugang|kenntnis))|\bals (?:ki|künstliche intelligenz|sprachmodell)\b.{0,60}?\b(?:nicht|keine?)\b/,
    absent:
      /\b(?:kontext|dokumente?n?|texte?|quellen?|passage|abschnitt|unterlagen|informationen)\b.{0,40}?\b(?:enthält|enthalten|erwähnt|erwähnen|nennt|nennen|gibt|geben|liefert|liefern|sagt|sagen)\b.{0,60}?\b(?:nicht|nichts|keine?n?r?)\b|\b(?:nicht|keine?) (?:im|in dem|in den|aus dem|aus den) (?:bereitgestellten |vorliegenden |gegebenen )?(?:kontext|dokumenten?|text|quellen)\b|\bkeine (?:informationen|angaben)\b.{0,60}?\b(?:kontext|dokument|text|quellen|vorhanden|enthalten|gefunden)/,
    turns:
      /\b(?:aber|jedoch|allerdings|stattdessen|dennoch)\b.{0,40}?\b(?:kann|können|lässt|gibt|ist|hier)\b(?! .{0,20}nicht)/,
    courtesy:
      /^(?:bitte|wenn sie|falls sie|kann ich|können sie|gerne|möchten sie|ich empfehle|für (?:weitere|genaue))\b/,
  },
  fr: {
    declines:
      /\b(?:désolée?|je regrette|malheureusement|je m'excuse)\b.{0,80}?\b(?:je ne (?:peux|puis|suis|dispose|sais|connais)|je n'ai|nous ne pouvons)\b|\bje ne (?:peux|puis|suis pas en mesure de|suis pas autorisée? à) (?:pas )?.{0,20}?\b(?:aider|répondre|fournir|donner|dire|créer|écrire|générer|assister|déterminer)\b|\bje (?:ne sais pas|n'ai pas (?:accès|d'informations?|assez|suffisamment))|\ben tant qu(?:e|')\s?(?:ia|intelligence artificielle|modèle de langage)\b.{0,60}?\bne?\b.{0,20}?\bpas\b/,
    absent:
      /\b(?:contexte|documents?|textes?|sources?|passages?|informations?|extraits?)\b.{0,40}?\bne? ?(?:contien(?:t|nent)|mentionnen?t?|fournit|fournissent|précisen?t?|indiquen?t?|donnen?t?|parlen?t?) (?:pas|rien|aucune?)\b|\b(?:n'est|ne sont) pas (?:mentionnée?s?|précisée?s?|indiquée?s?|fournie?s?) dans\b|\b(?:aucune information|pas d'informations?)\b.{0,60}?\b(?:contexte|documents?|texte|sources?|fourni)/,
    turns:
      /\b(?:mais|cependant|toutefois|néanmoins|en revanche)\b.{0,40}?\b(?:je peux|voici|on peut|il est)\b/,
    courtesy:
      /^(?:veuillez|si vous|n'hésitez|puis-je|pouvez-vous|je vous (?:recommande|conseille|invite)|pour (?:plus|obtenir))\b/,
  },
  es: {
    declines:
      /\b(?:lo siento|lamento|lamentablemente|disculp[ae])\b.{0,80}?\bno (?:puedo|podemos|tengo|sé|me es posible|estoy)\b|\bno (?:puedo|podemos|me es posible|estoy (?:autorizad[oa]|en condiciones)(?: a| de| para)?) .{0,20}?\b(?:ayudar|responder|proporcionar|dar|decir|crear|escribir|generar|ofrecer|determinar)(?:te|le|lo|la|les)?\b|\bno (?:lo sé|sé la respuesta|tengo (?:acceso|información|suficiente))|\bcomo (?:ia|inteligencia artificial|modelo de lenguaje)\b.{0,60}?\bno\b/,
    absent:
      /\b(?:contexto|documentos?|textos?|fuentes?|pasajes?|información|fragmentos?)\b.{0,40}?\bno (?:contienen?|mencionan?|proporcionan?|incluyen?|especifican?|indican?|dan?|dicen?)\b|\bno (?:se )?(?:menciona|especifica|indica|encuentra|incluye)n? .{0,20}?\b(?:en|dentro de) (?:el|la|los|las) (?:contexto|textos?|documentos?|fuentes?|información)\b|\bno hay (?:suficiente )?información\b.{0,60}?\b(?:contexto|documentos?|texto|fuentes?|proporcionad[oa]|disponible)/,
    turns:
      /\b(?:pero|sin embargo|no obstante|en cambio)\b.{0,40}?\b(?:puedo|podemos|aquí|es posible|se puede)\b/,
    courtesy:
      /^(?:por favor|si (?:tienes|tiene|quieres|necesitas|deseas)|¿(?:hay|puedo|puedes|podrías|te)|te (?:recomiendo|sugiero)|le (?:recomiendo|sugiero)|para (?:más|obtener))\b/,
  },
  zh: {
    declines:
      /(?:抱歉|对不起|很遗憾|不好意思).{0,20}?(?:无法|不能|不知道|没有办法|没办法)|我(?:无法|不能|没有办法)(?:回答|提供|帮助|协助|完成|确定|访问)|作为(?:一个|一名)?(?:ai|人工智能|语言模型).{0,30}?(?:无法|不能|没有)/,
    absent:
      /(?:上下文|文档|文本|资料|文章|段落|材料|所给信息|提供的信息).{0,12}?(?:没有|未|并未|不)(?:提到|提及|包含|提供|说明|涉及|给出)|没有(?:足够的)?(?:相关)?信息.{0,20}?(?:回答|确定|判断)/,
    turns: /(?:但是?|不过|然而).{0,10}?(?:可以|能够|以下)/,
    courtesy: /^(?:请|如果您|如果你|您可以|你可以|建议)/,
  },
  ja: {
    declines:
      /(?:申し訳(?:ございません|ありません)|すみません|残念ながら).{0,40}?(?:できません|わかりません|分かりません|いたしかねます|ありません)|(?:お答え|回答|提供|お手伝い)(?:することは|は)?(?:できません|いたしかねます)|(?:aiとして|言語モデルとして).{0,40}?(?:できません|ありません)/,
    absent:
      /(?:文脈|文書|テキスト|資料|記事|情報源|コンテキスト).{0,20}?(?:記載|言及|含まれ|情報).{0,10}?(?:ありません|いません|ていない)/,
    turns: /(?:ただし|しかし|ですが|代わりに).{0,20}?(?:できます|以下|可能)/,
    courtesy: /^(?:もし|どうぞ|ご(?:質問|不明)|詳しくは|詳細は)/,
  },
} as const satisfies Record<string, LanguagePatterns>;

export type Language = keyof typeof patterns;
export const languages = Object.keys(patterns) as Language[];

export function patternsOf(language: string): LanguagePatterns | undefined {
  return Object.hasOwn(patterns, language) ? patterns[language as Language] : undefined;
}
