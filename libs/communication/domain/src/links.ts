/** What is wrong with the address of a page in a text. */
export interface LinkProblem {
  readonly code: 'link-not-https' | 'link-not-ours';
  /** The address as it stands in the text. */
  readonly link: string;
}

// Endings with which a phone turns bare words into a link. Not a list of all: whatever carries a path is caught anyway.
const endings = new Set(
  'app biz ch co com de dev dk edu eu example fi fr gov info io is li link ly me mobi net no nu online org ru se shop site test to tv uk us xyz'.split(
    ' ',
  ),
);
const bareHost = /^(?:[\p{L}\p{N}-]+\.)+(\p{L}{2,24})(?::[0-9]+)?([/?#].*)?$/u;
const otherScheme = /^(?:mailto|tel|sms|javascript|data|file):/i;

/**
 * Addresses of pages that must not stand in a text of ours: without https, or on a host that is not exactly ours. Phones make
 * links of bare words, too, so `nede.Se` without its space is one.
 *
 * @param ownHosts hosts that our links may lead to, in lower case
 * @source S-24, UX-10, UX-21
 */
export function linkProblems(text: string, ownHosts: readonly string[]): readonly LinkProblem[] {
  return text.split(/\s+/u).flatMap((word) => {
    const link = trimmed(word);
    const code = problemOf(link, ownHosts);
    return code ? [{ code, link }] : [];
  });
}

function problemOf(link: string, ownHosts: readonly string[]): LinkProblem['code'] | undefined {
  const mark = link.indexOf('://');
  if (mark >= 0) {
    if (link.slice(0, mark) !== 'https') return 'link-not-https';
    // Cut where a browser would cut, a backslash included: name@host, ports and tricks then differ from our host.
    const [host = ''] = link.slice(mark + 3).split(/[/?#\\]/u);
    return ownHosts.includes(host.toLowerCase()) ? undefined : 'link-not-ours';
  }
  if (otherScheme.test(link)) return 'link-not-https';
  const bare = bareHost.exec(link);
  if (!bare) return undefined;
  const isLink =
    bare[2] !== undefined || link.startsWith('www.') || endings.has((bare[1] ?? '').toLowerCase());
  if (!isLink) return undefined;
  const [host = ''] = link.split(/[/?#:]/u);
  return ownHosts.includes(host.toLowerCase()) ? 'link-not-https' : 'link-not-ours';
}

/** A word without the quotes, brackets and stops around it. */
function trimmed(word: string): string {
  const opening = /^["'([<«“‘]*/u.exec(word)?.[0].length ?? 0;
  let end = word.length;
  while (end > opening && '"\')]>»”’.,;:!?'.includes(word.charAt(end - 1))) end -= 1;
  return word.slice(opening, end);
}
