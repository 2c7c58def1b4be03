import { document, type Page } from '../page/send-page';
import { html, Html } from '../page/html';
import type { Person } from './people';

/** The page on which a person is picked. */
export function personPickerPage(people: readonly Person[], isFresh: boolean): Page {
  const why = isFresh
    ? 'What you are about to do asks for a fresh sign-in.'
    : 'Nobody here is real and nobody has a password.';
  const choices = people.map(
    (person) =>
      html`<li>
        <button name="person" value="${person.accountName}">
          <strong>${person.name}</strong> ${person.accountName} · ${person.roles.join(', ')}
        </button>
      </li>`,
  );
  return {
    title: 'Who are you?',
    main: html`<h1>Who are you?</h1>
      <p>${why}</p>
      <form method="post">
        <ul class="people">
          ${choices}
        </ul>
      </form>`,
  };
}

/** The page on which the code of a terminal is typed. `form` is the issuer's own, with its secret in it. */
export const deviceInputPage = (form: string, isWrong: boolean): string =>
  document({
    title: 'Sign in a terminal',
    main: html`<h1>Sign in a terminal</h1>
      <p>
        ${isWrong ? 'That code is not known. Type it again.' : 'Type the code that the terminal shows.'}
      </p>
      ${new Html(form)}
      <button form="op.deviceInputForm">Continue</button>`,
  });

/** The page on which the code is compared before it counts. */
export const deviceConfirmPage = (form: string, userCode: string): string =>
  document({
    title: 'Is this your terminal?',
    main: html`<h1>Is this your terminal?</h1>
      <p>It shows the code <strong>${userCode}</strong>.</p>
      ${new Html(form)}
      <button form="op.deviceConfirmForm">Yes, sign it in</button>`,
  });

/** The page at the end of the device flow. */
export const deviceDonePage = (): string =>
  document({
    title: 'Signed in',
    main: html`<h1>The terminal is signed in</h1>
      <p>You can close this page.</p>`,
  });

/** What the issuer says when a request cannot be answered. */
export const issuerErrorPage = (error: string, description = ''): string =>
  document({
    title: 'Sign-in failed',
    main: html`<h1>The sign-in failed</h1>
      <p>${error}: ${description}</p>
      <p>Begin again from the program that sent you here.</p>`,
  });
