/** The stylesheet of all pages: system colours and fonts, so that light, dark and forced colours come by themselves. */
export const pageCss = `
:root { color-scheme: light dark; --line: #8884; --quiet: #606a75; --ours: #dcebf7; --focus: #0b5cad; }
@media (prefers-color-scheme: dark) { :root { --quiet: #a5b0bb; --ours: #1d3850; --focus: #7cb8f0; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 0 1rem 3rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
header { border-bottom: 1px solid var(--line); padding: 1rem 0; }
header a { font-weight: 700; font-size: 1.25rem; }
header p, .quiet { color: var(--quiet); margin: 0; }
a { color: LinkText; }
a, button, summary { min-height: 24px; }
header a, li > a, td > a, h2 + p > a { display: inline-block; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: break-word; }
@media (max-width: 30rem) { table { display: block; overflow-x: auto; font-size: .75rem; } th, td { padding-right: .4rem; } }
.places { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); list-style: none; padding: 0; }
.places > li { border: 1px solid var(--line); border-radius: 1rem; padding: 1rem; }
.bubbles { list-style: none; padding: 0; display: grid; gap: .75rem; max-width: 34rem; }
.bubbles p { background: var(--ours); border-radius: 1rem; padding: .75rem 1rem; margin: .25rem 0 0; white-space: pre-wrap; }
.people { list-style: none; padding: 0; display: grid; gap: .5rem; }
button { font: inherit; padding: .5rem 1rem; text-align: left; }
pre { white-space: pre-wrap; border: 1px solid var(--line); padding: 1rem; }
iframe { width: 100%; height: 30rem; border: 1px solid var(--line); background: #fff; }
form.find { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: 1rem 0; }
input { font: inherit; padding: .25rem .5rem; max-width: 100%; }
`;

/**
 * Keeps a page up to date: asks for the same page again, swaps the parts that changed, and says so once in ten seconds.
 * It asks nothing while the tab is hidden and leaves a part alone while something in it has the focus.
 */
export const pageScript = `
const everyMs = 2000, sayEveryMs = 10000;
const news = document.getElementById('news');
let saidAt = 0;
async function refresh() {
  if (document.hidden) return;
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!answer.ok) throw new Error(String(answer.status));
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  let changed = false;
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = next.querySelector('[data-live="' + part.dataset.live + '"]');
    if (!fresh || fresh.isEqualNode(part) || part.contains(document.activeElement)) continue;
    part.replaceWith(fresh);
    changed = true;
  }
  if (changed && Date.now() - saidAt > sayEveryMs) { saidAt = Date.now(); news.textContent = 'Updated: ' + new Date().toLocaleTimeString(); }
}
setInterval(() => refresh().catch(() => { news.textContent = 'The sandbox does not answer; what you see may be old.'; }), everyMs);
`;
