import type { RegisterSource, SourceView } from '@varde/contracts';
import { isPermitted, rightMissing, type SignedInPerson } from '@varde/platform-auth';
import type { Database } from '@varde/platform-database';
import type { SourceRepository } from './source.repository';

/** What a signed-in person does with the register of sources, in the countries that their right covers. */
export class SourceDesk {
  constructor(
    private readonly database: Database,
    private readonly sources: SourceRepository,
  ) {}

  /** By id. */
  async list(person: SignedInPerson): Promise<SourceView[]> {
    const all = await this.database.unitOfWork('varde_incident', (tx) => this.sources.all(tx));
    return all.filter((one) => isPermitted(person, 'source.read', one.country));
  }

  /**
   * Whoever changes a source and says nothing of its cause numbers keeps them; an empty list clears them. A source is not taken
   * over from another country.
   *
   * @throws Refusal `right-missing`, `topic-has-another-source`
   */
  async register(
    person: SignedInPerson,
    { causeNumbers: given, ...source }: RegisterSource,
  ): Promise<SourceView> {
    return this.database.unitOfWork('varde_incident', async (tx) => {
      const before = (await this.sources.all(tx)).find((one) => one.id === source.id);
      for (const country of [source.country, ...(before ? [before.country] : [])]) {
        if (!isPermitted(person, 'source.register', country))
          throw rightMissing('source.register', country);
      }
      const causeNumbers = given ?? before?.causeNumbers;
      const whole = { ...source, ...(causeNumbers === undefined ? {} : { causeNumbers }) };
      await this.sources.register(tx, whole, person.personId);
      return whole;
    });
  }
}
