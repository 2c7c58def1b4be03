import type { Instant } from '@varde/kernel';
import { chance } from './chance';

interface Rule {
  readonly to?: string | undefined;
  readonly sharePercent: number;
  readonly times?: number | undefined;
}

interface Settings<R extends Rule> {
  readonly seed: number;
  readonly perSecond?: number | undefined;
  readonly rules: readonly R[];
}

/** The moods in force for one kind of message, and what is left of them. */
export class MoodBoard<R extends Rule, S extends Settings<R> = Settings<R>> {
  #settings: S;
  #draw: () => number;
  #hits = new Map<Rule, number>();
  #second = 0;
  #takenInSecond = 0;

  constructor(settings: S) {
    this.#settings = settings;
    this.#draw = chance(settings.seed);
  }

  get settings(): S {
    return this.#settings;
  }

  /** Replaces all rules; shares are drawn from the start and nothing counts as spent. */
  set(settings: S): void {
    this.#settings = settings;
    this.#draw = chance(settings.seed);
    this.#hits = new Map();
  }

  /** What happens to a message for `to`: each field from the first rule that matches and sets it. */
  moodFor(to: string): Partial<R> {
    if (this.#settings.rules.length === 0) return {};
    const matching = this.#settings.rules.filter(
      (rule) => (rule.to ?? to) === to && this.strikes(rule),
    );
    return Object.assign({}, ...matching.reverse()) as Partial<R>;
  }

  /** Does this rule hit now? Counts the hit. */
  strikes(rule: Rule): boolean {
    const hits = this.#hits.get(rule) ?? 0;
    if (rule.times !== undefined && hits >= rule.times) return false;
    if (rule.sharePercent < 100 && this.#draw() * 100 >= rule.sharePercent) return false;
    this.#hits.set(rule, hits + 1);
    return true;
  }

  /** May one more be taken in this second? Counts it if so. */
  hasRoom(now: Instant): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#takenInSecond = 0;
    }
    if (this.#takenInSecond >= (this.#settings.perSecond ?? Infinity)) return false;
    this.#takenInSecond += 1;
    return true;
  }
}
