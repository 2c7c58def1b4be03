import type { ExerciseView } from '@varde/contracts';
import { countries, type Country } from '@varde/incident-domain/vocabulary';
import { Refusal, type Clock } from '@varde/kernel';
import { isPermitted, rightMissing, type SignedInPerson } from '@varde/platform-auth';
import type { Database, Tx } from '@varde/platform-database';
import { exercisesIn } from './exercise-list.repository';
import type { ExerciseRepository } from './exercise.repository';

/** What a signed-in person does with exercises, in the countries that their right covers. @source D-08 */
export class ExerciseDesk {
  constructor(
    private readonly database: Database,
    private readonly exercises: ExerciseRepository,
    private readonly clock: Clock,
  ) {}

  /** @throws Refusal `right-missing`, `exercise-runs-already` */
  async start(person: SignedInPerson, country: Country): Promise<ExerciseView> {
    if (!isPermitted(person, 'exercise.start', country))
      throw rightMissing('exercise.start', country);
    return this.work(async (tx) => {
      const id = await this.exercises.start(tx, country, person.personId, this.clock.now());
      return this.found(tx, country, (one) => one.exerciseId === id);
    });
  }

  /** @throws Refusal `right-missing`, `no-exercise-runs` */
  async end(person: SignedInPerson, country: Country): Promise<ExerciseView> {
    if (!isPermitted(person, 'exercise.end', country)) throw rightMissing('exercise.end', country);
    return this.work(async (tx) => {
      const running = await this.found(tx, country, (one) => one.endedAt === null);
      await this.exercises.end(tx, country, person.personId, this.clock.now());
      return this.found(tx, country, (one) => one.exerciseId === running.exerciseId);
    });
  }

  /** Newest first. */
  list(person: SignedInPerson): Promise<ExerciseView[]> {
    const seen = countries.filter((one) => isPermitted(person, 'exercise.read', one));
    return this.work((tx) => exercisesIn(tx, seen));
  }

  private async found(
    tx: Tx,
    country: Country,
    is: (one: ExerciseView) => boolean,
  ): Promise<ExerciseView> {
    const found = (await exercisesIn(tx, [country])).find(is);
    if (found) return found;
    throw new Refusal('no-exercise-runs', `No exercise runs in ${country}.`, { country });
  }

  private work<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.unitOfWork('varde_incident', work);
  }
}
