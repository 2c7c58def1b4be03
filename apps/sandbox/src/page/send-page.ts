import type { ServerResponse } from 'node:http';
import { html, type Html } from './html';

/** A page of the sandbox: its title and what stands in its `main`. */
export interface Page {
  readonly title: string;
  readonly main: Html;
  /** Should it keep itself up to date? */
  readonly isLive?: boolean;
}

const policy = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers of everything that a browser shows. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** The whole document. */
export function document({ title, main, isLive = false }: Page): string {
  const script = isLive ? html`<script src="/assets/page.js" defer></script>` : html``;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} · Varde sandbox</title>
        <link rel="stylesheet" href="/assets/page.css" />
        ${script}
      </head>
      <body>
        <header>
          <a href="/">The outside world</a>
          <p>Stand-ins with memory. Nobody real hears of this.</p>
        </header>
        <main>${main}</main>
        <p id="news" class="quiet" role="status" aria-live="polite"></p>
      </body>
    </html>`.text.trim();
}

/** Answers with a page. */
export function sendPage(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, pageHeaders);
  response.end(document(page));
}
