import { Script } from 'node:vm';
import type { Sandbox } from '../sandbox';
import { aSandbox, ask, postMessage } from '../testing';
import { escapeHtml, html } from './html';

describe('html', () => {
  it('S-17: escapes every value that is not HTML already', () => {
    const inner = html`<b>${'<script>'}</b>`;
    expect(html`<p title="${'"x\''}">${inner}${[inner]}${3}</p>`.text).toBe(
      '<p title="&quot;x&#39;"><b>&lt;script&gt;</b><b>&lt;script&gt;</b>3</p>',
    );
  });

  it('escapes an ampersand once', () => expect(escapeHtml('a&lt;')).toBe('a&amp;lt;'));
});

describe('the page', () => {
  let sandbox: Sandbox;
  const hostile = '</p><script>alert(1)</script>"\'&';
  beforeAll(async () => {
    sandbox = await aSandbox();
    await postMessage(sandbox, { Body: hostile });
  });
  afterAll(() => sandbox.close());

  it.each([
    '/',
    '/phones/%2B4790000001',
    `/phones/${encodeURIComponent(hostile)}`,
    `/mailboxes/${encodeURIComponent(hostile)}`,
  ])('S-17: %s shows markup as text and runs no script but its own', async (path) => {
    const { status, text, headers } = await ask(sandbox.url + path);
    expect(status).toBe(200);
    expect(text).not.toContain('<script>');
    expect(text).toContain('&lt;script&gt;alert(1)');
    expect(headers['content-security-policy']).toMatch(/default-src 'none'.*script-src 'self'/);
  });

  it('PG-32: says its language, its heading, and tells news politely', async () => {
    const { text } = await ask(sandbox.url);
    expect(text).toMatch(/<html lang="en">/);
    expect(text.match(/<h1>/g)).toHaveLength(1);
    expect(text).toMatch(/role="status" aria-live="polite"/);
    expect(text).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/);
  });

  it('serves its own style and script', async () => {
    expect((await ask(`${sandbox.url}/assets/page.css`)).headers['content-type']).toMatch(
      /^text\/css/,
    );
    const script = await ask(`${sandbox.url}/assets/page.js`);
    expect(() => new Script(script.text)).not.toThrow();
  });

  it('leads from the search field to the phone', async () => {
    const { headers } = await ask(`${sandbox.url}/phones?number=%2B4790000001`);
    expect(headers['location']).toBe('/phones/%2B4790000001');
  });

  it('says that there is nothing at an unknown address', async () => {
    const { status, text } = await ask(`${sandbox.url}/nothing`);
    expect([status, text]).toEqual([
      404,
      expect.stringContaining('There is nothing at GET /nothing'),
    ]);
  });
});
