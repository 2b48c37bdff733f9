import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {
  countValues,
  decodeCounter,
  encodeCounter,
  listed,
  mergeCounter,
  noCounts,
} from '../../../rules/provenance/counter.js';
import {agree, licenceIds} from '../../../rules/provenance/hub-licences.js';
import {baseCode, codeOfName, languageOf} from '../../../rules/provenance/languages.js';
import {
  decodeHashed,
  encodeHashed,
  lookAt,
  mergeHashed,
  noneHashed,
  tallied,
} from '../../../rules/provenance/least-hashed.js';

const texts: readonly (readonly [string, string])[] = [
  [
    'en',
    'The keeper wrote in the log that the tide had turned an hour before the bell was rung on the pier.',
  ],
  [
    'de',
    'Der Wärter schrieb in das Buch, dass die Flut eine Stunde vor dem Läuten der Glocke auf dem Steg kam, und er war nicht froh.',
  ],
  [
    'fr',
    'Le gardien a écrit dans le registre que la marée avait tourné une heure avant que la cloche ne sonne sur la jetée.',
  ],
  [
    'es',
    'El farero dijo que la marea había cambiado una hora antes de que se oyera la campana en el muelle viejo.',
  ],
  [
    'pt',
    'O faroleiro escreveu no livro que a maré tinha mudado uma hora antes de o sino tocar, e não havia mais ninguém no cais.',
  ],
  [
    'it',
    'Il guardiano scrisse nel registro che la marea era cambiata un’ora prima che la campana suonasse, e non c’era più nessuno sul molo.',
  ],
  [
    'nl',
    'De wachter schreef in het boek dat het tij een uur voor de klok was gekeerd, en er was niet meer dan een boot op zee.',
  ],
  [
    'sv',
    'Vakten skrev i boken att det var en timme innan klockan ringde som tidvattnet hade vänt, och han var inte glad.',
  ],
  [
    'da',
    'Vagten skrev i bogen at det var en time før klokken ringede, og han var ikke glad for det som han havde set på broen.',
  ],
  [
    'fi',
    'Vartija kirjoitti kirjaan, että vuorovesi oli kääntynyt tunti ennen kuin kello soi, mutta hän ei ollut iloinen siitä, mitä he olivat nähneet.',
  ],
  [
    'pl',
    'Strażnik napisał w księdze, że woda opadła na godzinę przed tym, jak zadzwonił dzwon, ale nie było już nikogo przy moście i nie wiadomo co się stało.',
  ],
  [
    'cs',
    'Strážce napsal do knihy, že se voda obrátila hodinu před tím, než zazvonil zvon, ale na molu už nebyl nikdo, kdo by to viděl, a tak to je.',
  ],
  [
    'hu',
    'Az őr azt írta a könyvbe, hogy a víz egy órával a harang előtt fordult meg, és már nem volt ott senki, csak egy csónak, de az is elment.',
  ],
  [
    'ro',
    'Paznicul a scris în carte că apa se întorsese cu o oră mai devreme, și că nu mai era nimeni pe chei, dar în turn a fost o lumină care nu s-a stins.',
  ],
  [
    'tr',
    'Bekçi deftere suyun bir saat önce döndüğünü yazdı ve bu gece için daha çok yağ gerekli olduğunu söyledi, ama o kadar değil dedi.',
  ],
  [
    'id',
    'Penjaga itu menulis di buku bahwa air sudah surut satu jam yang lalu, dan tidak ada orang di dermaga karena mereka sudah pulang dengan perahu.',
  ],
  [
    'vi',
    'Người gác đèn đã viết vào sổ rằng nước đã rút một giờ trước khi chuông kêu, và không có ai ở trên cầu khi đó.',
  ],
  [
    'ca',
    'El guarda va escriure al llibre que la marea havia canviat una hora abans, i que no hi havia ningú més al moll perquè els altres són amb la barca.',
  ],
  [
    'hr',
    'Čuvar je u knjigu upisao da se voda okrenula sat prije zvona, ali nije bilo nikoga na molu, i to je sve što se može reći o tome.',
  ],
  ['ru', 'Смотритель записал в журнале, что прилив повернул за час до того, как на пирсе ударили в колокол.'],
  ['ar', 'كتب الحارس في السجل أن المد قد انقلب قبل ساعة من قرع الجرس على الرصيف القديم.'],
  ['hi', 'रखवाले ने बही में लिखा कि घंटी बजने से एक घंटा पहले ज्वार मुड़ गया था और घाट पर कोई नहीं था।'],
  ['ja', '番人は、鐘が鳴る一時間前に潮が変わったと帳面に書いた。桟橋にはもう誰もいなかった。'],
  ['zh', '守塔人在日志里写道，钟声响起前一小时，潮水已经转向，码头上再也没有别人了。'],
  [
    'ko',
    '등대지기는 종이 울리기 한 시간 전에 물때가 바뀌었다고 일지에 적었고 부두에는 아무도 없었다고 했다.',
  ],
  ['el', 'Ο φύλακας έγραψε στο βιβλίο ότι η παλίρροια γύρισε μία ώρα πριν χτυπήσει η καμπάνα στην προβλήτα.'],
];

test.each(texts)('%s is seen in a sentence', (code, text) => {
  expect(languageOf(text)).toBe(code);
});

test.each([
  ['short', 'The lamp was lit.'],
  ['code', 'function trim(wick) { return wicks.filter(one => one.length > 3).map(one => one.cut(2)); }'],
  ['names', 'Tern, Gull, Auk, Skua, Puffin, Petrel, Gannet, Cormorant, Heron, Crane, Plover, Snipe, Curlew'],
  ['a mixture', `${texts[0]![1]} ${texts[19]![1]}`],
  ['digits', '12 34 56 78 90 '.repeat(30)],
  ['nothing', ''],
])('%s says nothing', (_, text) => {
  expect(languageOf(text)).toBe('');
});

test('codes and names', () => {
  expect(['en-US', 'ENG', 'zh_Hant', 'nob', 'xyz'].map(baseCode)).toEqual(['en', 'en', 'zh', 'nb', 'xyz']);
  expect(['german', 'Norwegian', 'Malay', 'Russian', 'Klingon'].map(codeOfName)).toEqual([
    'de',
    'nb',
    'ms',
    'ru',
    undefined,
  ]);
});

describe('licences in all their spellings', () => {
  test.each([
    ['CC BY 4.0', ['cc-by-4.0']],
    ['https://creativecommons.org/licenses/by-nc-sa/3.0/', ['cc-by-nc-sa-3.0']],
    ['https://creativecommons.org/publicdomain/zero/1.0/', ['cc0-1.0']],
    ['Creative Commons Attribution-ShareAlike 4.0 International', ['cc-by-sa-4.0']],
    ['CC0', ['cc0-1.0']],
    ['MIT License', ['mit']],
    ['The MIT License', ['mit']],
    ['Apache License, Version 2.0', ['apache-2.0']],
    ['apache 2', ['apache-2.0']],
    ['https://spdx.org/licenses/Apache-2.0.html', ['apache-2.0']],
    ['GPL-3.0-or-later', ['gpl-3.0']],
    ['GPLv3', ['gpl-3.0']],
    ['(MIT OR Apache-2.0) AND CC-BY-4.0', ['mit', 'apache-2.0', 'cc-by-4.0']],
    ['ask us', []],
    ['unknown', []],
    ['proprietary', []],
  ])('%s', (text, ids) => expect(licenceIds(text)).toEqual(ids));

  test('families agree with their members, and with no others', () => {
    expect(agree('cc-by', 'cc-by-4.0')).toBe(true);
    expect(agree('cc', 'cc-by-nc-4.0')).toBe(true);
    expect(agree('bsd', 'bsd-3-clause')).toBe(true);
    expect(agree('cc-by', 'cc-by-nc-4.0')).toBe(false);
    expect(agree('cc-by-4.0', 'cc-by-3.0')).toBe(false);
    expect(agree('mit', 'apache-2.0')).toBe(false);
  });
});

describe('summaries are the same in any order and grouping', () => {
  const shuffledInTwo = <T>(items: readonly T[], cut: number) => {
    const turned = [...items].reverse();
    const at = Math.floor(cut * turned.length);
    return [turned.slice(0, at), turned.slice(at)] as const;
  };

  test('of values', () => {
    const values = fc.array(fc.array(fc.integer({min: 0, max: 400}).map(String), {maxLength: 2}), {
      maxLength: 900,
    });
    fc.assert(
      fc.property(values, fc.double({min: 0, max: 1, noNaN: true}), (records, cut) => {
        const count = (some: readonly (readonly string[])[]) => {
          const counter = noCounts();
          for (const own of some) countValues(counter, [...new Set(own)]);
          return counter;
        };
        const whole = count(records);
        const [one, other] = shuffledInTwo(records, cut).map(count) as [
          ReturnType<typeof count>,
          ReturnType<typeof count>,
        ];
        const merged = decodeCounter(encodeCounter(one));
        mergeCounter(merged, decodeCounter(encodeCounter(other)));
        expect(encodeCounter(merged)).toEqual(encodeCounter(whole));
        const naive = new Map<string, number>();
        for (const own of records)
          for (const value of new Set(own)) naive.set(value, (naive.get(value) ?? 0) + 1);
        for (const [value, records] of listed(whole)) expect(naive.get(value)).toBe(records);
      }),
      {numRuns: 60},
    );
  });

  test('of what records showed', () => {
    const seen = (hash: number) => ['', 'en', 'de'][hash % 3]!;
    const sample = (hashes: readonly number[]) => {
      const own = noneHashed();
      for (const hash of hashes) lookAt(own, hash, () => seen(hash));
      return own;
    };
    const all = Array.from({length: 20_000}, (_, at) => Math.imul(at + 1, 0x9e3779b1) >>> 0);
    const whole = sample(all);
    expect([...tallied(whole).values()].reduce((a, b) => a + b)).toBe(1000);
    for (const cut of [0, 0.001, 0.3, 0.9]) {
      const [one, other] = shuffledInTwo(all, cut).map(sample) as [typeof whole, typeof whole];
      const merged = decodeHashed(encodeHashed(one));
      mergeHashed(merged, decodeHashed(encodeHashed(other)));
      expect(encodeHashed(merged)).toEqual(encodeHashed(whole));
    }
  });
});
