export interface Phone {
  /** `+79123456789` */
  e164: string;
  /** `+7 ••• •••-67-89`: last four digits are for display. */
  masked: string;
  /** Whether a code can be sent to it: mobile, or where the plan does not tell. */
  takesCodes: boolean;
  /** ISO 3166-1 alpha-2 of the number itself; null where several share its range. */
  country: string | null;
}
