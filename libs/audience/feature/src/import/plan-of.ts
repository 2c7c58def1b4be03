import { assertNever } from '@varde/kernel';
import type { AddressCipher } from '@varde/platform-secrets';
import { agreementsPlan } from './agreements.plan';
import { areasPlan } from './areas.plan';
import { calendarsPlan } from './calendars.plan';
import { contactsPlan } from './contacts.plan';
import { customersPlan } from './customers.plan';
import { elementsPlan } from './elements.plan';
import type { NamedFile } from './import-options';
import type { ImportPlan } from './import-plan';
import { subscriptionsPlan } from './subscriptions.plan';

/** A fresh plan for a file: it reads the file once. */
export function planOf({ what, file }: NamedFile, cipher: AddressCipher): ImportPlan {
  switch (what) {
    case 'areas':
      return areasPlan(file);
    case 'elements':
      return elementsPlan(file);
    case 'calendars':
      return calendarsPlan(file);
    case 'customers':
      return customersPlan(file);
    case 'subscriptions':
      return subscriptionsPlan(file, cipher);
    case 'contacts':
      return contactsPlan(file, cipher);
    case 'agreements':
      return agreementsPlan(file, cipher);
    default:
      return assertNever(what);
  }
}
