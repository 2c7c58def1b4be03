import type { SmsPath, SoldService } from './through-the-fault';
import { serviceMask } from './service-mask';

const sms = serviceMask(['sms']);
const data = serviceMask(['mobile-data']);
const line = serviceMask(['broadband']);
const tv = serviceMask(['tv']);

/** When a text message runs through the fault: one sentence a row. */
export const smsCases: readonly {
  readonly law: string;
  readonly path: SmsPath;
  readonly isLost: boolean;
}[] = [
  {
    law: 'the subscription of the number is hit in sms',
    path: { elsewhere: false, ofTheNumber: [sms], ofTheCustomer: [] },
    isLost: true,
  },
  {
    law: 'the subscription of the number is hit in data only',
    path: { elsewhere: false, ofTheNumber: [data], ofTheCustomer: [sms] },
    isLost: false,
  },
  {
    law: 'the subscription of the number is not hit, another of the customer is',
    path: { elsewhere: false, ofTheNumber: [0], ofTheCustomer: [sms] },
    isLost: false,
  },
  {
    law: 'no subscription has the number and one of the customer is hit in sms',
    path: { elsewhere: false, ofTheNumber: [], ofTheCustomer: [data, sms] },
    isLost: true,
  },
  {
    law: 'no subscription has the number and none of the customer is hit in sms',
    path: { elsewhere: false, ofTheNumber: [], ofTheCustomer: [data] },
    isLost: false,
  },
  {
    law: 'nothing is known of the number',
    path: { elsewhere: false, ofTheNumber: [], ofTheCustomer: [] },
    isLost: false,
  },
  {
    law: 'two subscriptions have the number and one is hit',
    path: { elsewhere: false, ofTheNumber: [0, sms], ofTheCustomer: [] },
    isLost: true,
  },
  {
    law: 'the number is of another operator',
    path: { elsewhere: true, ofTheNumber: [sms], ofTheCustomer: [sms] },
    isLost: false,
  },
];

/** When mail runs through the fault: one sentence a row. */
export const mailCases: readonly {
  readonly law: string;
  readonly kind: 'private' | 'business';
  readonly sold: readonly SoldService[];
  readonly isLost: boolean;
}[] = [
  {
    law: 'a private customer lost the only way that we sold',
    kind: 'private',
    sold: [{ services: line | tv, lost: line }],
    isLost: true,
  },
  {
    law: 'a private customer has mobile data left',
    kind: 'private',
    sold: [
      { services: line, lost: line },
      { services: data | sms, lost: sms },
    ],
    isLost: false,
  },
  {
    law: 'a private customer lost both ways',
    kind: 'private',
    sold: [
      { services: line, lost: line },
      { services: data, lost: data },
    ],
    isLost: true,
  },
  {
    law: 'one subscription has both ways and lost one',
    kind: 'private',
    sold: [{ services: line | data, lost: data }],
    isLost: false,
  },
  {
    law: 'a private customer has two lines and lost one',
    kind: 'private',
    sold: [
      { services: line, lost: line },
      { services: line, lost: 0 },
    ],
    isLost: false,
  },
  {
    law: 'a private customer bought no way to the internet',
    kind: 'private',
    sold: [{ services: tv, lost: tv }],
    isLost: false,
  },
  {
    law: 'a business lost its own access and has mobile data',
    kind: 'business',
    sold: [
      { services: line, lost: line },
      { services: data, lost: 0 },
    ],
    isLost: true,
  },
  {
    law: 'a business lost mobile data only',
    kind: 'business',
    sold: [
      { services: line, lost: 0 },
      { services: data, lost: data },
    ],
    isLost: false,
  },
  {
    law: 'a business has mobile data only, and its mail stands elsewhere',
    kind: 'business',
    sold: [{ services: data, lost: data }],
    isLost: false,
  },
  {
    law: 'a business has a second access left',
    kind: 'business',
    sold: [
      { services: line, lost: line },
      { services: line, lost: 0 },
    ],
    isLost: false,
  },
];
