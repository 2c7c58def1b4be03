import { choiceCases } from './channel-choice.cases';
import { chooseChannels } from './channel-choice';

describe('chooseChannels', () => {
  it.each(choiceCases)('$law', ({ facts, choice }) => {
    expect(chooseChannels(facts)).toEqual(choice);
  });
});
