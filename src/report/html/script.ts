/**
 * The only script of the page: it narrows the list of records down, and opens for print what is listed. Without
 * it everything is there all the same. It writes no markup and reads nothing but the page.
 */
export const script = `(() => {
// Browsers that cannot open what is folded by the style sheet alone print it closed.
let opened = [];
addEventListener('beforeprint', () => {
  opened = [...document.querySelectorAll('details:not([open])')].filter(each => !each.closest('[hidden]'));
  for (const each of opened) each.open = true;
});
addEventListener('afterprint', () => {
  for (const each of opened) each.open = false;
  opened = [];
});
const bar = document.querySelector('.sift');
if (!bar) return;
const [words, verdict, group, count] = ['words', 'verdict', 'group', 'count'].map(name => bar.querySelector('[name=' + name + ']'));
const cards = [...document.querySelectorAll('#findings details.rule')];
const items = [...document.querySelectorAll('#findings li.record')].map(li => ({li, home: li.parentNode, next: li.nextSibling, text: li.textContent.toLowerCase()}));
const others = document.createElement('div');
bar.after(others);
bar.hidden = false;
function regroup() {
  others.replaceChildren();
  const key = group.value;
  for (const card of cards) card.hidden = key !== 'rule';
  const lists = new Map();
  for (const item of items) {
    let list = item.home;
    if (key !== 'rule') {
      const name = item.li.dataset[key];
      list = lists.get(name);
      if (!list) {
        const card = document.createElement('details');
        card.className = 'card rule';
        card.open = true;
        const head = document.createElement('summary');
        const title = document.createElement('h3');
        title.textContent = name;
        head.append(title);
        list = document.createElement('ol');
        list.className = 'findings';
        card.append(head, list);
        others.append(card);
        lists.set(name, list);
      }
    }
    list.append(item.li);
  }
  if (key === 'rule') for (const item of [...items].reverse()) item.home.insertBefore(item.li, item.next);
  sift();
}
function sift() {
  const wanted = words.value.toLowerCase().split(/\\s+/).filter(Boolean);
  let shown = 0;
  for (const {li, text} of items) {
    const fits = (verdict.value === '' || li.dataset.verdict === verdict.value) && wanted.every(word => text.includes(word));
    li.hidden = !fits;
    if (fits) shown += 1;
  }
  const narrowed = wanted.length > 0 || verdict.value !== '';
  for (const card of document.querySelectorAll('#findings details.rule')) {
    if (card.parentNode !== others && group.value !== 'rule') continue;
    const left = card.querySelectorAll('li.record:not([hidden])').length;
    card.hidden = narrowed && left === 0;
    if (narrowed && left > 0) card.open = true;
  }
  count.textContent = shown + ' of ' + items.length + ' records';
}
words.addEventListener('input', sift);
verdict.addEventListener('change', sift);
group.addEventListener('change', regroup);
document.addEventListener('keydown', event => {
  if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(?:INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== 'radio') return;
  event.preventDefault();
  words.focus();
});
sift();
})();`;
