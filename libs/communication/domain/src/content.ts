import callbackDa from '../../templates/callback/da.json';
import callbackEn from '../../templates/callback/en.json';
import callbackNb from '../../templates/callback/nb.json';
import callbackNn from '../../templates/callback/nn.json';
import callbackSv from '../../templates/callback/sv.json';
import correctionDa from '../../templates/correction/da.json';
import correctionEn from '../../templates/correction/en.json';
import correctionNb from '../../templates/correction/nb.json';
import correctionNn from '../../templates/correction/nn.json';
import correctionSv from '../../templates/correction/sv.json';
import emergencyDa from '../../templates/emergency/da.json';
import emergencyEn from '../../templates/emergency/en.json';
import emergencyNb from '../../templates/emergency/nb.json';
import emergencyNn from '../../templates/emergency/nn.json';
import emergencySv from '../../templates/emergency/sv.json';
import outageDa from '../../templates/outage/da.json';
import outageEn from '../../templates/outage/en.json';
import outageNb from '../../templates/outage/nb.json';
import outageNn from '../../templates/outage/nn.json';
import outageSv from '../../templates/outage/sv.json';
import phrasesDa from '../../templates/phrases/da.json';
import phrasesEn from '../../templates/phrases/en.json';
import phrasesNb from '../../templates/phrases/nb.json';
import phrasesNn from '../../templates/phrases/nn.json';
import phrasesSv from '../../templates/phrases/sv.json';
import plannedDa from '../../templates/planned/da.json';
import plannedEn from '../../templates/planned/en.json';
import plannedNb from '../../templates/planned/nb.json';
import plannedNn from '../../templates/planned/nn.json';
import plannedSv from '../../templates/planned/sv.json';
import type { CauseGroup, EstimateState, Language, Stage, WorkState } from './vocabulary';

/** The ways in which a text can end. @source `voice.md` §3 */
export type Tail = 'N' | 'n' | 'M' | 'D' | 'R' | 'S';

/** What one stage says, before the tail's words are put in. */
export interface StageText {
  readonly headline: string;
  readonly line: string;
  readonly tail?: string;
}

/** The closed phrases and labels of one language. @source `voice.md` §2.2, §3, §3.2, §3.3, §3.7 */
export interface Phrases {
  readonly estimateLine: Readonly<Record<EstimateState, string>>;
  readonly endShort: Readonly<Record<'none' | 'known', string>>;
  readonly repairLine: Readonly<Record<'none' | 'known', string>>;
  readonly causeLine: string;
  readonly cause: Readonly<Record<CauseGroup, string>>;
  readonly advice: Readonly<
    Record<'mobileOut' | 'broadbandOut' | 'mobileBack' | 'broadbandBack', string>
  >;
  readonly adviceLong: Readonly<Record<'mobileOut' | 'broadbandOut', string>>;
  readonly workState: Readonly<Record<WorkState, string>>;
  readonly tail: Readonly<Record<Tail, string>>;
  readonly label: Readonly<
    Record<
      'service' | 'area' | 'start' | 'end' | 'nextUpdate' | 'meanwhile' | 'reference' | 'workNow',
      string
    >
  >;
  readonly closing: Readonly<Record<'noReport' | 'status', string>>;
  readonly callsTo: string;
  /** The four lines that tell how to reach help, in their order. */
  readonly help: readonly string[];
  readonly exercise: string;
}

/** The closed phrases and labels of each language. */
export const phrases: Readonly<Record<Language, Phrases>> = {
  nb: phrasesNb,
  nn: phrasesNn,
  sv: phrasesSv,
  da: phrasesDa,
  en: phrasesEn,
};

/** What each stage says in each language. The compiler refuses a language without one of the stages. */
export const stageTexts: Readonly<Record<Language, Readonly<Record<Stage, StageText>>>> = {
  nb: { ...outageNb, ...emergencyNb, ...plannedNb, ...correctionNb, ...callbackNb },
  nn: { ...outageNn, ...emergencyNn, ...plannedNn, ...correctionNn, ...callbackNn },
  sv: { ...outageSv, ...emergencySv, ...plannedSv, ...correctionSv, ...callbackSv },
  da: { ...outageDa, ...emergencyDa, ...plannedDa, ...correctionDa, ...callbackDa },
  en: { ...outageEn, ...emergencyEn, ...plannedEn, ...correctionEn, ...callbackEn },
};
