import type { SocietyKind } from '@varde/audience-domain';

/** A customer that stories and exercises count on: always the same, always there. */
export interface Landmark {
  readonly name: string;
  readonly area: string;
  readonly society?: SocietyKind;
  readonly agreement?: 'bronze' | 'silver' | 'gold';
}

/** Invented institutions and businesses, the hospital at Bergen first. */
export const landmarks: readonly Landmark[] = [
  { name: 'Tindehav sykehus', area: 'NO-4601', society: 'hospital' },
  { name: 'Lyngvik lasarett', area: 'SE-1280', society: 'hospital' },
  { name: 'Mosetoft hospital', area: 'DK-0751', society: 'hospital' },
  { name: 'Brimnes brannvesen', area: 'NO-4601', society: 'emergency-service' },
  { name: 'Skjærvik ambulanse', area: 'NO-4627', society: 'ambulance' },
  { name: 'Solbekk hjemmetjeneste', area: 'NO-4601', society: 'home-care' },
  { name: 'Ravholt larmcentral', area: 'SE-1281', society: 'alarm-operator' },
  { name: 'Elvestrøm kraft', area: 'NO-4626', society: 'power' },
  { name: 'Vindsund nett', area: 'DK-0461', society: 'operator' },
  { name: 'Ljungmark länsstyrelse', area: 'SE-1280', society: 'authority' },
  { name: 'Heglund bakeri AS', area: 'NO-4601', agreement: 'gold' },
  { name: 'Kvistholt transport AS', area: 'NO-4627', agreement: 'silver' },
  { name: 'Orrevang el AB', area: 'SE-1280', agreement: 'bronze' },
  { name: 'Stormgaard hotel ApS', area: 'DK-0751', agreement: 'gold' },
];
