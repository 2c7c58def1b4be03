import type { ImportCountry, ImportLanguage } from '@varde/audience-domain';

/** A county or a region of the sample. */
export interface SampleCounty {
  readonly code: string;
  readonly name: string;
  readonly names?: Partial<Record<ImportLanguage, string>>;
}

/** A municipality of the sample: real code and name, a weight that goes with its inhabitants. */
export interface SampleMunicipality {
  readonly code: string;
  readonly county: string;
  readonly name: string;
  /** Thousands of inhabitants, roughly. */
  readonly weight: number;
  /** The preposition where *i / in* is wrong. */
  readonly on?: true;
  readonly names?: Partial<Record<ImportLanguage, string>>;
}

/** A country of the sample. */
export interface SampleCountry {
  readonly code: ImportCountry;
  readonly names: Readonly<Record<ImportLanguage, string>>;
  readonly counties: readonly SampleCounty[];
  readonly municipalities: readonly SampleMunicipality[];
}

const county = (code: string, name: string, names?: SampleCounty['names']): SampleCounty => ({
  code,
  name,
  ...(names ? { names } : {}),
});

type Extra = Pick<SampleMunicipality, 'on' | 'names'>;
const place = (
  code: string,
  county: string,
  name: string,
  weight: number,
  extra: Extra = {},
): SampleMunicipality => ({
  code,
  county,
  name,
  weight,
  ...extra,
});
const on: Extra = { on: true };

// Codes and names of public registers: Statistics Norway (2024), Statistics Sweden, Statistics Denmark; ISO 3166-2. A choice, not the whole.
const norway: SampleCountry = {
  code: 'NO',
  names: { nb: 'Norge', nn: 'Noreg', sv: 'Norge', da: 'Norge', en: 'Norway' },
  counties: [
    county('NO-46', 'Vestland'),
    county('NO-03', 'Oslo'),
    county('NO-11', 'Rogaland'),
    county('NO-15', 'Møre og Romsdal'),
    county('NO-18', 'Nordland'),
    county('NO-31', 'Østfold'),
    county('NO-32', 'Akershus'),
    county('NO-33', 'Buskerud'),
    county('NO-34', 'Innlandet'),
    county('NO-39', 'Vestfold'),
    county('NO-40', 'Telemark'),
    county('NO-42', 'Agder'),
    county('NO-50', 'Trøndelag', { en: 'Trøndelag (Trööndelage)' }),
    county('NO-55', 'Troms', { en: 'Troms (Romsa)' }),
    county('NO-56', 'Finnmark', { en: 'Finnmark (Finnmárku)' }),
  ],
  municipalities: [
    place('NO-4601', 'NO-46', 'Bergen', 290),
    place('NO-4602', 'NO-46', 'Kinn', 17),
    place('NO-4624', 'NO-46', 'Bjørnafjorden', 26),
    place('NO-4626', 'NO-46', 'Øygarden', 39),
    place('NO-4627', 'NO-46', 'Askøy', 30, on),
    place('NO-4631', 'NO-46', 'Alver', 30),
    place('NO-4640', 'NO-46', 'Sogndal', 12),
    place('NO-0301', 'NO-03', 'Oslo', 710),
    place('NO-1103', 'NO-11', 'Stavanger', 148),
    place('NO-1106', 'NO-11', 'Haugesund', 38),
    place('NO-1108', 'NO-11', 'Sandnes', 83),
    place('NO-1505', 'NO-15', 'Kristiansund', 24),
    place('NO-1506', 'NO-15', 'Molde', 32),
    place('NO-1508', 'NO-15', 'Ålesund', 58),
    place('NO-1804', 'NO-18', 'Bodø', 53),
    place('NO-1806', 'NO-18', 'Narvik', 21),
    place('NO-1833', 'NO-18', 'Rana', 26),
    place('NO-3101', 'NO-31', 'Halden', 31),
    place('NO-3103', 'NO-31', 'Moss', 52),
    place('NO-3107', 'NO-31', 'Fredrikstad', 85),
    place('NO-3201', 'NO-32', 'Bærum', 130),
    place('NO-3203', 'NO-32', 'Asker', 98),
    place('NO-3205', 'NO-32', 'Lillestrøm', 92),
    place('NO-3301', 'NO-33', 'Drammen', 104),
    place('NO-3303', 'NO-33', 'Kongsberg', 29, on),
    place('NO-3403', 'NO-34', 'Hamar', 33, on),
    place('NO-3405', 'NO-34', 'Lillehammer', 29, on),
    place('NO-3407', 'NO-34', 'Gjøvik', 31, on),
    place('NO-3905', 'NO-39', 'Tønsberg', 59),
    place('NO-3907', 'NO-39', 'Sandefjord', 66),
    place('NO-4001', 'NO-40', 'Porsgrunn', 37),
    place('NO-4003', 'NO-40', 'Skien', 56),
    place('NO-4203', 'NO-42', 'Arendal', 46),
    place('NO-4204', 'NO-42', 'Kristiansand', 117),
    place('NO-5001', 'NO-50', 'Trondheim', 214, { names: { en: 'Trondheim (Tråante)' } }),
    place('NO-5006', 'NO-50', 'Steinkjer', 24),
    place('NO-5501', 'NO-55', 'Tromsø', 78, { names: { en: 'Tromsø (Romsa)' } }),
    place('NO-5503', 'NO-55', 'Harstad', 25),
    place('NO-5601', 'NO-56', 'Alta', 21),
    place('NO-5612', 'NO-56', 'Kautokeino', 3, { names: { en: 'Guovdageaidnu (Kautokeino)' } }),
  ],
};

const sweden: SampleCountry = {
  code: 'SE',
  names: { nb: 'Sverige', nn: 'Sverige', sv: 'Sverige', da: 'Sverige', en: 'Sweden' },
  counties: [
    county('SE-AB', 'Stockholms län', { en: 'Stockholm County' }),
    county('SE-C', 'Uppsala län', { en: 'Uppsala County' }),
    county('SE-D', 'Södermanlands län', { en: 'Södermanland County' }),
    county('SE-E', 'Östergötlands län', { en: 'Östergötland County' }),
    county('SE-F', 'Jönköpings län', { en: 'Jönköping County' }),
    county('SE-G', 'Kronobergs län', { en: 'Kronoberg County' }),
    county('SE-H', 'Kalmar län', { en: 'Kalmar County' }),
    county('SE-I', 'Gotlands län', { en: 'Gotland County' }),
    county('SE-K', 'Blekinge län', { en: 'Blekinge County' }),
    county('SE-M', 'Skåne län', { en: 'Skåne County' }),
    county('SE-N', 'Hallands län', { en: 'Halland County' }),
    county('SE-O', 'Västra Götalands län', { en: 'Västra Götaland County' }),
    county('SE-S', 'Värmlands län', { en: 'Värmland County' }),
    county('SE-T', 'Örebro län', { en: 'Örebro County' }),
    county('SE-U', 'Västmanlands län', { en: 'Västmanland County' }),
    county('SE-W', 'Dalarnas län', { en: 'Dalarna County' }),
    county('SE-X', 'Gävleborgs län', { en: 'Gävleborg County' }),
    county('SE-Y', 'Västernorrlands län', { en: 'Västernorrland County' }),
    county('SE-Z', 'Jämtlands län', { en: 'Jämtland County' }),
    county('SE-AC', 'Västerbottens län', { en: 'Västerbotten County' }),
    county('SE-BD', 'Norrbottens län', { en: 'Norrbotten County' }),
  ],
  municipalities: [
    place('SE-0180', 'SE-AB', 'Stockholm', 985),
    place('SE-0182', 'SE-AB', 'Nacka', 110),
    place('SE-0126', 'SE-AB', 'Huddinge', 114),
    place('SE-0160', 'SE-AB', 'Täby', 76),
    place('SE-0380', 'SE-C', 'Uppsala', 245),
    place('SE-0480', 'SE-D', 'Nyköping', 58),
    place('SE-0484', 'SE-D', 'Eskilstuna', 108),
    place('SE-0580', 'SE-E', 'Linköping', 167),
    place('SE-0581', 'SE-E', 'Norrköping', 145),
    place('SE-0680', 'SE-F', 'Jönköping', 146),
    place('SE-0780', 'SE-G', 'Växjö', 97),
    place('SE-0880', 'SE-H', 'Kalmar', 72),
    place('SE-0885', 'SE-H', 'Borgholm', 11),
    place('SE-0980', 'SE-I', 'Gotland', 61, on),
    place('SE-1080', 'SE-K', 'Karlskrona', 67),
    place('SE-1280', 'SE-M', 'Malmö', 362),
    place('SE-1281', 'SE-M', 'Lund', 130),
    place('SE-1282', 'SE-M', 'Landskrona', 47),
    place('SE-1283', 'SE-M', 'Helsingborg', 151),
    place('SE-1290', 'SE-M', 'Kristianstad', 87),
    place('SE-1380', 'SE-N', 'Halmstad', 105),
    place('SE-1480', 'SE-O', 'Göteborg', 605, { names: { en: 'Gothenburg' } }),
    place('SE-1488', 'SE-O', 'Trollhättan', 59),
    place('SE-1490', 'SE-O', 'Borås', 115),
    place('SE-1496', 'SE-O', 'Skövde', 58),
    place('SE-1780', 'SE-S', 'Karlstad', 97),
    place('SE-1880', 'SE-T', 'Örebro', 159),
    place('SE-1980', 'SE-U', 'Västerås', 160),
    place('SE-2080', 'SE-W', 'Falun', 60),
    place('SE-2081', 'SE-W', 'Borlänge', 52),
    place('SE-2180', 'SE-X', 'Gävle', 104),
    place('SE-2281', 'SE-Y', 'Sundsvall', 100),
    place('SE-2284', 'SE-Y', 'Örnsköldsvik', 55),
    place('SE-2380', 'SE-Z', 'Östersund', 64),
    place('SE-2480', 'SE-AC', 'Umeå', 133),
    place('SE-2482', 'SE-AC', 'Skellefteå', 76),
    place('SE-2580', 'SE-BD', 'Luleå', 79),
    place('SE-2584', 'SE-BD', 'Kiruna', 22),
  ],
};

const denmark: SampleCountry = {
  code: 'DK',
  names: { nb: 'Danmark', nn: 'Danmark', sv: 'Danmark', da: 'Danmark', en: 'Denmark' },
  counties: [
    county('DK-84', 'Region Hovedstaden', { en: 'Capital Region of Denmark' }),
    county('DK-85', 'Region Sjælland', { en: 'Region Zealand' }),
    county('DK-83', 'Region Syddanmark', { en: 'Region of Southern Denmark' }),
    county('DK-82', 'Region Midtjylland', { en: 'Central Denmark Region' }),
    county('DK-81', 'Region Nordjylland', { en: 'North Denmark Region' }),
  ],
  municipalities: [
    place('DK-0101', 'DK-84', 'København', 660, { names: { sv: 'Köpenhamn', en: 'Copenhagen' } }),
    place('DK-0147', 'DK-84', 'Frederiksberg', 105, on),
    place('DK-0151', 'DK-84', 'Ballerup', 52),
    place('DK-0157', 'DK-84', 'Gentofte', 75),
    place('DK-0167', 'DK-84', 'Hvidovre', 53),
    place('DK-0217', 'DK-84', 'Helsingør', 64),
    place('DK-0219', 'DK-84', 'Hillerød', 54),
    place('DK-0400', 'DK-84', 'Bornholm', 39, on),
    place('DK-0253', 'DK-85', 'Greve', 51),
    place('DK-0259', 'DK-85', 'Køge', 62),
    place('DK-0265', 'DK-85', 'Roskilde', 90),
    place('DK-0316', 'DK-85', 'Holbæk', 74),
    place('DK-0330', 'DK-85', 'Slagelse', 80),
    place('DK-0370', 'DK-85', 'Næstved', 84),
    place('DK-0376', 'DK-85', 'Guldborgsund', 60),
    place('DK-0461', 'DK-83', 'Odense', 209),
    place('DK-0479', 'DK-83', 'Svendborg', 59),
    place('DK-0482', 'DK-83', 'Langeland', 12, on),
    place('DK-0492', 'DK-83', 'Ærø', 6, on),
    place('DK-0540', 'DK-83', 'Sønderborg', 74),
    place('DK-0561', 'DK-83', 'Esbjerg', 115),
    place('DK-0563', 'DK-83', 'Fanø', 3, on),
    place('DK-0607', 'DK-83', 'Fredericia', 52),
    place('DK-0621', 'DK-83', 'Kolding', 95),
    place('DK-0630', 'DK-83', 'Vejle', 121),
    place('DK-0615', 'DK-82', 'Horsens', 96),
    place('DK-0657', 'DK-82', 'Herning', 90),
    place('DK-0661', 'DK-82', 'Holstebro', 59),
    place('DK-0730', 'DK-82', 'Randers', 100),
    place('DK-0740', 'DK-82', 'Silkeborg', 101),
    place('DK-0741', 'DK-82', 'Samsø', 4, on),
    place('DK-0751', 'DK-82', 'Aarhus', 367),
    place('DK-0791', 'DK-82', 'Viborg', 97),
    place('DK-0813', 'DK-81', 'Frederikshavn', 58),
    place('DK-0825', 'DK-81', 'Læsø', 2, on),
    place('DK-0851', 'DK-81', 'Aalborg', 223),
    place('DK-0860', 'DK-81', 'Hjørring', 63),
  ],
};

/** The places of the sample world: all counties and regions, a choice of municipalities. */
export const sampleCountries = [norway, sweden, denmark] as const;
