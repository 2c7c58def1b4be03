import type { OpenAPIObject } from '@nestjs/swagger';
import { documentedOperations, type DocumentedOperation } from './open-api';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

/** The API as a page that a person can read: every route, what it does, who may. */
export function docsPage(document: OpenAPIObject): string {
  const title = escaped(`${document.info.title} ${document.info.version}`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p>${escaped(document.info.description ?? '')} The same for programs: <a href="/docs/openapi.json">openapi.json</a>.</p>
<table>
<caption>All routes</caption>
<thead><tr><th scope="col">Route</th><th scope="col">What it does</th><th scope="col">Who may</th></tr></thead>
<tbody>
${documentedOperations(document).map(row).join('\n')}
</tbody>
</table>
</main>
</body>
</html>
`;
}

const row = ({ method, path, summary, who }: DocumentedOperation): string =>
  `<tr><th scope="row"><code>${escaped(`${method} ${path}`)}</code></th><td>${escaped(summary)}</td><td>${escaped(who)}</td></tr>`;

/** Style sheet of {@link docsPage}. */
export const docsStyle = `:root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
body { margin: 0; }
main { max-width: 70rem; margin: 0 auto; padding: 1rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid GrayText; font-weight: normal; }
thead th { font-weight: bold; }
@media (max-width: 40rem) {
  thead { position: absolute; clip-path: inset(50%); }
  tr { display: block; border-bottom: 1px solid GrayText; padding: 0.4rem 0; }
  th, td { display: block; border: 0; padding: 0; overflow-wrap: anywhere; }
}
`;
