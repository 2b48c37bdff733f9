import {assign, clusterCentroids, unitPoints} from './clusters.js';
import {type TopicRecord, wordsIn} from './sample.js';
import {dimensions, project, subspaceOf} from './subspace.js';
import {type Vocabulary, vectorsOf, vocabularyOf} from './vectors.js';

type Words = Pick<TopicRecord, 'words'>;

/** Clusters of a corpus' texts. */
export interface Topics {
  readonly count: number;
  /** The topic of each record; -1 for none: no word in common with any. */
  of(texts: readonly Words[]): Int32Array;
}

/** Texts of a sample for each topic that is looked for, and the most topics. */
const textsPerTopic = 64;
const most = 24;

/** Finds topics; none in fewer than two topics' worth of texts. The same object for the same records. */
export function findTopics(records: readonly TopicRecord[]): Topics {
  const known = found.find(({keys}) => isSame(keys, records));
  if (known !== undefined) return known.topics;
  const topics = search(records);
  found.unshift({keys: Float64Array.from(records, ({key}) => key), topics});
  found.splice(mostFound);
  return topics;
}

/** One reference is looked at for each view, and one round for each gate. A key says all that counts of a text. */
const found: {readonly keys: Float64Array; readonly topics: Topics}[] = [];
const mostFound = 2;

const isSame = (keys: Float64Array, records: readonly TopicRecord[]) =>
  keys.length === records.length && records.every(({key}, index) => key === keys[index]);

function search(records: readonly TopicRecord[]): Topics {
  const wanted = Math.min(most, Math.floor(records.length / textsPerTopic));
  if (wanted < 2) return {count: 0, of: others => new Int32Array(others.length).fill(-1)};
  const vocabulary = vocabularyOf(records.map(({words}) => words));
  const vectors = vectorsIn(records, vocabulary);
  const basis = subspaceOf(vectors, vocabulary.places.size);
  const centroids = clusterCentroids(unitPoints(project(vectors, basis), dimensions), wanted);
  const points = (others: readonly Words[]) =>
    unitPoints(project(vectorsIn(others, vocabulary), basis), dimensions);
  return {count: centroids.count, of: others => assign(points(others), centroids)};
}

const vectorsIn = (records: readonly Words[], vocabulary: Vocabulary) =>
  vectorsOf(
    records.map(({words}) => words),
    vocabulary,
  );

/** What a topic is called: words that set its texts apart, at most `wordsNamed`, and a text as an example. */
export interface TopicName {
  readonly words: string;
  readonly example: string;
}

const wordsNamed = 5;

/** Names of the topics of records: -1 is no topic. */
export function nameTopics(records: readonly TopicRecord[], topics: Int32Array, count: number): TopicName[] {
  const inTopic = Array.from({length: count}, () => ({texts: 0, words: new Map<string, number>()}));
  const all = new Map<string, number>();
  const examples: string[] = [];
  let texts = 0;
  for (const [index, {id, text}] of records.entries()) {
    const own = inTopic[topics[index]!];
    // The least key is as good an example as any, and no one's choice.
    if (own !== undefined) examples[topics[index]!] ??= plain(id);
    if (text === undefined) continue;
    texts++;
    if (own !== undefined) own.texts++;
    for (const word of wordsIn(text)) {
      all.set(word, (all.get(word) ?? 0) + 1);
      own?.words.set(word, (own.words.get(word) ?? 0) + 1);
    }
  }
  return inTopic.map(({texts: size, words}, topic) => {
    // Share of the topic's texts with the word, times the log of how much larger it is than elsewhere.
    const telling = [...words]
      .filter(([, count]) => count >= 2)
      .map(([word, count]) => {
        const elsewhere = (all.get(word)! - count + 1) / (texts - size + 2);
        return {word, score: (count / size) * Math.log(count / size / elsewhere)};
      })
      .filter(({score}) => score > 0)
      .sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    const named = telling.slice(0, wordsNamed).map(({word}) => word);
    return {
      words: named.length > 0 ? named.join(', ') : `topic ${topic + 1}`,
      example: examples[topic] ?? '',
    };
  });
}

/** Ids are shown as plain text: what could be markup, or move a cursor, is a dot. */
function plain(id: string): string {
  return id.replace(/[^\p{L}\p{N} ._:/#-]/gu, '.');
}
