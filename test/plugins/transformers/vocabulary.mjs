/** The words that the models of the tests know, and the tokenizer that splits texts into them. */

export const special = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
/** Words, and the vector of each: words of one meaning have one direction. */
export const meanings = {
  boat: [4, 0, 0, 0],
  ship: [3.6, 0.4, 0, 0],
  vessel: [3.8, 0.2, 0, 0],
  bread: [0, 4, 0, 0],
  loaf: [0.2, 3.8, 0, 0],
  storm: [0, 0, 4, 0],
  gale: [0, 0.3, 3.9, 0],
  lamp: [0, 0, 0, 4],
  light: [0.1, 0, 0, 4],
  the: [0.1, 0.1, 0.1, 0.1],
  a: [0.1, 0.1, 0.1, 0.1],
  is: [0.1, 0.1, 0, 0.1],
  in: [0.1, 0, 0.1, 0.1],
  not: [0, 0.1, 0.1, 0.1],
  old: [0.3, 0.1, 0.2, 0.1],
  red: [0.1, 0.3, 0.1, 0.2],
  cold: [0, 0.1, 0.4, 0],
  furthermore: [0.1, 0, 0, 0],
  delve: [0, 0.1, 0, 0],
  overflow: [0, 0, 0.1, 0],
  '.': [0, 0, 0, 0],
  '!': [0, 0, 0, 0],
};
export const vocabulary = [...special, ...Object.keys(meanings)];
export const size = vocabulary.length;
export const vectorOf = word => meanings[word] ?? (word === '[CLS]' ? [1, 1, 1, 1] : [0, 0, 0, 0]);

export const idOf = word => vocabulary.indexOf(word);
/** As tokenizer.json and tokenizer_config.json. */
export function tokenizer(maxLength) {
  const added = special.map((word, id) => ({
    id,
    content: word,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  }));
  const piece = (id, type) => ({[id.startsWith('[') ? 'SpecialToken' : 'Sequence']: {id, type_id: type}});
  return {
    tokenizer: {
      version: '1.0',
      truncation: null,
      padding: null,
      added_tokens: added,
      normalizer: {
        type: 'BertNormalizer',
        clean_text: true,
        handle_chinese_chars: true,
        strip_accents: null,
        lowercase: true,
      },
      pre_tokenizer: {type: 'BertPreTokenizer'},
      post_processor: {
        type: 'TemplateProcessing',
        single: [piece('[CLS]', 0), piece('A', 0), piece('[SEP]', 0)],
        pair: [piece('[CLS]', 0), piece('A', 0), piece('[SEP]', 0), piece('B', 1), piece('[SEP]', 1)],
        special_tokens: Object.fromEntries(
          ['[CLS]', '[SEP]'].map(id => [id, {id, ids: [idOf(id)], tokens: [id]}]),
        ),
      },
      decoder: {type: 'WordPiece', prefix: '##', cleanup: true},
      model: {
        type: 'WordPiece',
        unk_token: '[UNK]',
        continuing_subword_prefix: '##',
        max_input_chars_per_word: 100,
        vocab: Object.fromEntries(vocabulary.map((word, id) => [word, id])),
      },
    },
    settings: {
      tokenizer_class: 'BertTokenizer',
      model_max_length: maxLength,
      do_lower_case: true,
      pad_token: '[PAD]',
      unk_token: '[UNK]',
      cls_token: '[CLS]',
      sep_token: '[SEP]',
      mask_token: '[MASK]',
    },
  };
}
