import { noticeKinds, noticeText } from './notice-text';

describe('the words of a notice', () => {
  const facts = { incidentNumber: 'NO-2026-0042', messageIds: 'one two' };

  it('§2.4: name the holding texts that wait, each by its number', () => {
    const { subject, text } = noticeText('holding-text-offered', facts);
    expect(subject).toBe('Varde: holding text offered, NO-2026-0042');
    expect(text).toMatch(/Read: varde message show one, varde message show two$/);
  });

  it('§2.4: say so where no text waits at all', () => {
    expect(noticeText('nobody-answers', { ...facts, messageIds: '' }).text).toMatch(
      /No text waits: write one\.$/,
    );
  });

  it.each(noticeKinds)('of a %s name the incident', (kind) => {
    expect(noticeText(kind, facts).subject).toContain('NO-2026-0042');
  });
});
