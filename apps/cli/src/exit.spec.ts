import { CommanderError } from 'commander';
import { Refusal } from '@varde/kernel';
import { ConfigurationError } from '@varde/platform-config';
import { down, exit, exitCodeOf, isUnreachable, refused, sentenceOf, wrongUse } from './exit';

const socket = (code: string): Error => Object.assign(new Error('socket'), { code });

describe('exitCodeOf', () => {
  it.each([
    ['help that was asked for', new CommanderError(0, 'commander.helpDisplayed', ''), exit.done],
    ['an unknown command', new CommanderError(1, 'commander.unknownCommand', ''), exit.wrongUse],
    ['a setting that is no address', new ConfigurationError('VARDE_API_URL: …'), exit.wrongUse],
    ['a missing argument', wrongUse('Say which.'), exit.wrongUse],
    ['a no of the API', refused('approver-is-author', 'You wrote it.'), exit.refused],
    ['a no of a domain', new Refusal('world-empty', 'No file there.'), exit.refused],
    ['an issuer that is away', new Refusal('sign-in-unavailable', 'It is away.'), exit.down],
    ['a service that is away', down('The API does not answer.'), exit.down],
    ['a refused connection', socket('ECONNREFUSED'), exit.down],
    ['a database that shuts down', socket('57P01'), exit.down],
    ['anything else', new Error('broken'), exit.refused],
  ])('ends as experience §14 says for %s', (_, cause, code) => {
    expect(exitCodeOf(cause)).toBe(code);
  });
});

describe('isUnreachable', () => {
  it('finds the socket behind what libraries wrap around it', () => {
    const wrapped = new TypeError('fetch failed', {
      cause: new AggregateError([socket('ENETUNREACH'), socket('ECONNREFUSED')]),
    });
    expect(isUnreachable(new Error('sign-in', { cause: wrapped }))).toBe(true);
    expect(isUnreachable(new TypeError('x is not a function'))).toBe(false);
    expect(isUnreachable('ECONNREFUSED')).toBe(false);
  });
});

describe('sentenceOf', () => {
  it('gives the sentence, and the word for programs behind it', () => {
    expect(sentenceOf(refused('approver-is-author', 'You wrote it.'))).toBe(
      'You wrote it. (approver-is-author)',
    );
    expect(sentenceOf(new Error('broken'))).toBe('broken');
  });

  it('says nothing twice: what commander has told stands there already', () => {
    expect(sentenceOf(new CommanderError(1, 'commander.unknownCommand', 'error'))).toBeUndefined();
  });
});
