const query = document.getElementById('query'), found = document.getElementById('found');
const up = document.body.dataset.up;
const plain = pages.map(p => [p[1].toLowerCase(), p[2].toLowerCase(), p[3].toLowerCase()]);
query.addEventListener('input', () => {
  const words = query.value.toLowerCase().split(/\s+/).filter(w => w);
  found.replaceChildren();
  if (!words.length) return;
  const hits = [];
  plain.forEach((p, i) => {
    let score = 0;
    for (const w of words) {
      const one = (p[0].includes(w) ? 4 : 0) + (p[1].includes(w) ? 8 : 0) + Math.min(3, p[2].split(w).length - 1);
      if (!one) return;
      score += one;
    }
    hits.push([score, i]);
  });
  hits.sort((a, b) => b[0] - a[0] || a[1] - b[1]);
  for (const [, i] of hits.slice(0, 20)) {
    const a = document.createElement('a');
    a.href = up + pages[i][0];
    const title = document.createElement('b');
    title.textContent = pages[i][1] === pages[i][2] ? pages[i][1] : pages[i][1] + ': ' + pages[i][2];
    const at = Math.max(0, plain[i][2].indexOf(words[0]) - 40);
    const text = document.createElement('span');
    text.textContent = pages[i][3].slice(at, at + 120);
    a.append(title, text);
    found.append(a);
  }
  if (!hits.length) found.textContent = 'Nothing found.';
});
