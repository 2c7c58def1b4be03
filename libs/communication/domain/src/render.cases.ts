import type { Fields } from './field-types';
import type { Language, Mode, Stage } from './vocabulary';

/** A ready text filled with the sample values, letter by letter. */
export interface FilledCase {
  readonly stage: Stage;
  readonly language: Language;
  readonly mode?: Mode;
  readonly facts?: Fields;
  readonly text: string;
}

const link = 'https://v.example/7F3K';

/** SMS. The first five stand so in `voice.md` §3.1 and §3.7; the others are the rows of §3.1 filled by hand. */
export const smsCases: readonly FilledCase[] = [
  {
    stage: 'd1',
    language: 'nb',
    facts: { services: 'broadband' },
    text: `Planlagt arbeid på bredbåndet i Bergen og Askøy. Tjenesten kan være nede 24. november kl. 01-05. Du trenger ikke gjøre noe. Mer: ${link}`,
  },
  {
    stage: 'd1',
    language: 'sv',
    facts: {
      services: 'mobile-data',
      windowFrom: '2026-11-24T22:00Z',
      windowTo: '2026-11-25T04:00Z',
    },
    text: `Planerat arbete på mobildata i Malmö och Lund. Tjänsten kan ligga nere den 24 november kl. 23:00 till 25 november kl. 05:00. Du behöver inte göra något. ${link}`,
  },
  {
    stage: 'a1',
    language: 'nn',
    facts: { services: 'broadband' },
    text: `Breibandet er nede i Bergen og Askøy. Starta kl. 14:02, sluttida er ikkje kjend enno. Prøv mobildata. Neste oppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a1',
    language: 'da',
    facts: { services: 'broadband' },
    text: `Bredbåndet er nede i Aarhus og Odense. Startede kl. 14.02, sluttid kendes ikke endnu. Prøv mobildata. Næste opdatering kl. 15.00: ${link}`,
  },
  {
    stage: 'a1',
    language: 'nb',
    mode: 'EXERCISE',
    text: `ØVELSE: Mobilnettet er nede i Bergen og Askøy. Startet kl. 14:02, sluttid er ikke kjent ennå. Prøv wifi. Neste oppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a1',
    language: 'sv',
    mode: 'EXERCISE',
    text: `ÖVNING: Mobilnätet ligger nere i Malmö och Lund. Började kl. 14:02, sluttid är inte känd ännu. Prova wifi. Nästa uppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a1',
    language: 'en',
    mode: 'EXERCISE',
    text: `EXERCISE: Mobile network down in Bergen and Askøy. Started at 14:02, end time not known yet. Try Wi-Fi. Next update at 15:00: ${link}`,
  },
  {
    stage: 'a0',
    language: 'sv',
    text: `Vi undersöker ett fel på mobilnätet i Malmö och Lund. Felet började kl. 14:02. Vi vet inte mer ännu. Nästa uppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a2',
    language: 'nb',
    text: `Mobilnettet i Bergen og Askøy ventes tilbake ca. kl. 17:00. Startet kl. 14:02. Prøv wifi. Neste oppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a2',
    language: 'nb',
    facts: { estimateState: 'confirmed' },
    text: `Mobilnettet i Bergen og Askøy kommer tilbake kl. 17:00. Startet kl. 14:02. Prøv wifi. Neste oppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a2',
    language: 'sv',
    facts: { estimateState: 'confirmed' },
    text: `Mobilnätet i Malmö och Lund fungerar igen kl. 17:00. Började kl. 14:02. Prova wifi. Nästa uppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'a2',
    language: 'en',
    facts: { estimateState: 'confirmed' },
    text: `Mobile network in Bergen and Askøy back at 17:00. Started at 14:02. Try Wi-Fi. Next update at 15:00: ${link}`,
  },
  {
    stage: 'a3',
    language: 'en',
    facts: {
      estimateState: 'changed',
      estimateAt: '2026-11-22T18:30Z',
      previousEstimateAt: '2026-11-22T16:00Z',
    },
    text: `Mobile network in Bergen and Askøy: new estimate about 19:30. Earlier we said 17:00. Started at 14:02. Next update at 15:00: ${link}`,
  },
  {
    stage: 'a4',
    language: 'nb',
    facts: { estimateState: 'withdrawn', previousEstimateAt: '2026-11-22T16:00Z' },
    text: `Mobilnettet er fortsatt nede i Bergen og Askøy. Anslaget kl. 17:00 gjelder ikke lenger. Vi har ikke noe nytt ennå. Nytt kl. 15:00: ${link}`,
  },
  {
    stage: 'a1',
    language: 'da',
    facts: { effect: 'degradation', estimateState: 'none' },
    text: `Mobilnettet virker dårligere end normalt i Aarhus og Odense. Startede kl. 14.02, sluttid kendes ikke endnu. Næste opdatering kl. 15.00: ${link}`,
  },
  {
    stage: 'a5',
    language: 'nn',
    text: `Mobilnettet verkar igjen i Bergen og Askøy. Nede frå kl. 14:02 til kl. 16:40. Manglar du dekning, slå mobilen av og på. Meir: ${link}`,
  },
  {
    stage: 'b1',
    language: 'en',
    text: `Emergency calls may fail in Bergen and Askøy. In an emergency, try 112: other networks may carry the call. Or use another phone, mobile or landline, or go to the nearest staffed hospital, police or fire station. Started at 14:02, expected end about 17:00. Next update at 15:00: ${link}`,
  },
  {
    stage: 'b1',
    language: 'nb',
    facts: { services: 'emergency-call|fixed-voice', estimateState: 'none' },
    text: `Nødanrop kan svikte i Bergen og Askøy. I nød: prøv 112, andre nett kan ta anropet. Ellers: bruk en annen mobil, eller dra til nærmeste bemannede legevakt, politi- eller brannstasjon. Startet kl. 14:02, sluttid ukjent. Neste oppdatering kl. 15:00: ${link}`,
  },
  {
    stage: 'd2',
    language: 'da',
    facts: { services: 'broadband' },
    text: `Udsat: arbejde på bredbåndet i Aarhus og Odense. Gjaldt 24. november kl. 01-05. En anden fejl kommer først. Ny tid meldes 26. november: ${link}`,
  },
  {
    stage: 'e1',
    language: 'nb',
    text: `Se bort fra meldingen vi sendte kl. 14:10. Meldingen om mobilnettet i Bergen og Askøy var feil. Det beklager vi. Riktig status: ${link}`,
  },
  {
    stage: 'f1',
    language: 'sv',
    text: 'Statusrapport ORD-20417. Felet på mobilnätet i Malmö och Lund är inte åtgärdat. Tekniker är på väg. Beräknas klart ca kl. 17:00. Nästa rapport kl. 17:55.',
  },
  {
    stage: 'f2',
    language: 'en',
    text: 'Final report ORD-20417. Fixed at 16:40: the mobile network in Bergen and Askøy, reported at 13:55. If anything is still wrong, report it as before.',
  },
];

const help = {
  nb: [
    'Trenger du akutt hjelp, prøv 112 selv om telefonen viser at dekning mangler. Et annet mobilnett kan ta anropet.',
    'Kommer du ikke fram, prøv en annen telefon: en mobil i et annet nett eller en fasttelefon.',
    'Går ikke det, dra til nærmeste bemannede legevakt, sykehus, politi- eller brannstasjon.',
    'Ring ikke for å teste. Se til naboer som kan trenge hjelp.',
  ],
};

/** Mails, the subject first. The first stands so in `voice.md` §3.2; the others follow its table. */
export const emailCases: readonly FilledCase[] = [
  {
    stage: 'a1',
    language: 'nb',
    text: [
      'Mobilnettet er nede i Bergen og Askøy (NO-2026-0042)',
      'Vi vet ikke ennå når det virker igjen.',
      'Tjeneste: Mobilnettet',
      'Område: Bergen og Askøy',
      'Start: søndag 22. november kl.\u00A014:02',
      'Neste oppdatering: søndag 22. november kl.\u00A015:00',
      'I mellomtiden: Har du wifi, kan apper for samtaler og meldinger virke.',
      'Du trenger ikke melde fra. Status og råd: https://v.example/7F3K',
    ].join('\n'),
  },
  {
    stage: 'a5',
    language: 'en',
    text: [
      'Mobile network restored in Bergen and Askøy (NO-2026-0042)',
      'Down from 14:02 on Sunday 22 November to 16:40 on Sunday 22 November.',
      'Service: Mobile network',
      'Area: Bergen and Askøy',
      'If you have no signal, switch your phone off and on.',
      'Status and advice: https://v.example/7F3K',
    ].join('\n'),
  },
  {
    stage: 'b1',
    language: 'nb',
    mode: 'EXERCISE',
    facts: { estimateState: 'none' },
    text: [
      'ØVELSE: Nødanrop kan svikte i Bergen og Askøy (NO-2026-0042)',
      'Tjeneste: Nødanrop til 110, 112 og 113',
      ...help.nb,
      'Område: Bergen og Askøy',
      'Start: søndag 22. november kl.\u00A014:02, sluttid ukjent',
      'Neste oppdatering søndag 22. november kl.\u00A015:00: https://v.example/7F3K',
    ].join('\n'),
  },
  {
    stage: 'a1',
    language: 'nb',
    facts: { emergencyCalls: 'yes', services: 'broadband|mobile-data|mobile-voice|sms' },
    text: [
      'Mobilnettet og bredbåndet er nede i Bergen og Askøy (NO-2026-0042)',
      'Vi vet ikke ennå når det virker igjen.',
      'Tjeneste: Mobilnettet og bredbåndet',
      ...help.nb,
      'Område: Bergen og Askøy',
      'Start: søndag 22. november kl.\u00A014:02',
      'Neste oppdatering: søndag 22. november kl.\u00A015:00',
      'Du trenger ikke melde fra. Status og råd: https://v.example/7F3K',
    ].join('\n'),
  },
  {
    stage: 'd1',
    language: 'da',
    facts: { services: 'broadband' },
    text: [
      'Planlagt arbejde på bredbåndet i Aarhus og Odense (NO-2026-0042)',
      'Tjenesten kan være nede den 24. november kl.\u00A001\u201305. Du behøver ikke gøre noget.',
      'Tjeneste: Bredbåndet',
      'Område: Aarhus og Odense',
      'Mere: https://v.example/7F3K',
    ].join('\n'),
  },
  {
    stage: 'f1',
    language: 'nn',
    facts: { estimateState: 'none' },
    text: [
      'Statusrapport ORD-20417 (NO-2026-0042)',
      'Feilen på mobilnettet i Bergen og Askøy er ikkje retta. Teknikar er på veg. Vi har ikkje noko anslag enno.',
      'Teneste: Mobilnettet',
      'Område: Bergen og Askøy',
      'Dykkar referanse: ORD-20417',
      'Arbeidet no: Teknikar er på veg.',
      'Neste rapport søndag 22. november kl.\u00A017:55.',
    ].join('\n'),
  },
];
