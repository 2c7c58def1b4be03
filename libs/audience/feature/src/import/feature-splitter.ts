import { Refusal } from '@varde/kernel';

const longestFeature = 32 * 1024 * 1024;
const longestFrame = 1024 * 1024;
const [newline, quote, backslash] = [10, 34, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];

/** One entry of the collection's `features`. */
export interface SplitFeature {
  /** The line on which it begins. */
  readonly line: number;
  readonly value: unknown;
}

/** Where the text is: around the features, between two of them, in one. */
type Place = 'frame' | 'between' | 'feature';

/**
 * Cuts the features out of a FeatureCollection as it comes in, so that the memory holds one shape and not a country's. What
 * stands around them must be a collection too; that is known at the end only, and nothing is kept before.
 *
 * @throws Refusal `file-not-geojson`
 */
export class FeatureSplitter {
  #place: Place = 'frame';
  readonly #texts: Record<Place, string> = { frame: '', between: '', feature: '' };
  #line = 1;
  #startLine = 1;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;

  constructor(private readonly file: string) {}

  /** The features that are whole now. */
  push(text: string): SplitFeature[] {
    const found: SplitFeature[] = [];
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === newline) this.#line++;
      if (this.#isPassedOver(code)) continue;
      if (code === openObject || code === openList) this.#depth++;
      else this.#depth--;
      const next = this.#nextPlace(code, () => this.#texts.frame + text.slice(from, at));
      if (next === this.#place) continue;
      // A bracket belongs to the feature that it opens or closes, and to the frame otherwise.
      const end = next === 'feature' || this.#place === 'between' ? at : at + 1;
      this.#add(text.slice(from, end));
      from = end;
      if (next === 'feature') this.#startLine = this.#line;
      if (this.#place === 'feature') found.push(this.#whole());
      this.#place = next;
    }
    this.#add(text.slice(from));
    return found;
  }

  /** Checks what stood around the features. */
  end(): SplitFeature[] {
    let frame: unknown;
    try {
      frame = JSON.parse(this.#texts.frame);
    } catch {
      throw this.#refused('is not JSON, or is cut off');
    }
    const { type, features } = (frame ?? {}) as { type?: unknown; features?: unknown };
    if (type !== 'FeatureCollection' || !Array.isArray(features)) {
      throw this.#refused('is not a FeatureCollection');
    }
    return [];
  }

  /** Anything but a bracket outside of strings. */
  #isPassedOver(code: number): boolean {
    if (this.#isInString) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (code === backslash) this.#isEscaped = true;
      else if (code === quote) this.#isInString = false;
      return true;
    }
    if (code === quote) this.#isInString = true;
    return code !== openObject && code !== openList && code !== closeObject && code !== closeList;
  }

  #nextPlace(code: number, frame: () => string): Place {
    const isFeatures = this.#place === 'frame' && this.#depth === 2 && code === openList;
    if (isFeatures) return /"features"\s*:\s*$/.test(frame().slice(-200)) ? 'between' : 'frame';
    if (this.#place === 'between') return this.#depth === 3 ? 'feature' : 'frame';
    if (this.#place === 'feature') return this.#depth === 2 ? 'between' : 'feature';
    return 'frame';
  }

  #add(text: string): void {
    this.#texts[this.#place] += text;
    if (this.#place === 'between' && !/^[\s,]*$/.test(text))
      throw this.#refused('has something else than features in "features"');
    if (this.#place === 'between') this.#texts.between = '';
    if (this.#texts.feature.length > longestFeature)
      throw this.#refused('has a feature that is larger than a shape may be');
    if (this.#texts.frame.length > longestFrame) throw this.#refused('is not a FeatureCollection');
  }

  #whole(): SplitFeature {
    const text = this.#texts.feature;
    this.#texts.feature = '';
    try {
      return { line: this.#startLine, value: JSON.parse(text) };
    } catch {
      throw this.#refused(`is not JSON in the feature that begins on line ${this.#startLine}`);
    }
  }

  #refused(what: string): Refusal {
    return new Refusal('file-not-geojson', `${this.file} ${what}. Nothing was read.`);
  }
}
