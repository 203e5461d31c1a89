/**
 * How each table would be spread over several machines (quality: growth). A test holds the list against the schema.
 *
 * - `profile`: a shopper's own rows, kept with all others of the same `profile_id`, which leads the primary key;
 * - `lookup`: small rows found by another value, spread by it;
 * - `reference`: configuration, whole on every machine.
 */
export type Distribution = 'profile' | 'lookup' | 'reference';

export const DISTRIBUTION: Readonly<Record<string, Distribution>> = {
  idempotency_record: 'lookup',
  outbox_event: 'profile',
  outbox_delivery: 'lookup',
  task: 'reference',
  intake_delivery: 'lookup',
  rejected_record: 'lookup',
  stored_file: 'reference',
  installed_functions: 'reference',
  mikro_orm_migrations: 'reference',

  brand: 'reference',
  store: 'reference',
  till: 'reference',
  staff: 'reference',
  staff_store: 'reference',
  staff_role: 'reference',
  staff_session: 'lookup',
  second_factor: 'reference',
  recovery_code: 'reference',
  staff_link: 'lookup',
  sign_in_guard: 'lookup',
  notification: 'lookup',
  saved_view: 'reference',
  cashier_session: 'reference',
  api_key: 'reference',
  setting: 'reference',
  audit_entry: 'lookup',
  usage_counter: 'lookup',
  pin_guard: 'lookup',

  // Keyed by its own id, which is the profile_id of every other table.
  profile: 'profile',
  identity: 'profile',
  identity_key: 'lookup',
  identity_change: 'profile',
  profile_change: 'profile',
  erased_identity: 'lookup',
  duplicate_token: 'lookup',
  duplicate_due: 'lookup',
  duplicate_candidate: 'lookup',
  profile_merge: 'profile',
  consent_text: 'reference',
  consent_topic: 'reference',
  attribute_definition: 'reference',
  consent: 'profile',
  sign_in_challenge: 'lookup',
  visit: 'lookup',

  category: 'reference',
  product: 'reference',
  product_barcode: 'reference',

  event: 'profile',
  event_key: 'lookup',
  event_count: 'lookup',
  event_definition: 'reference',

  offer_grant: 'profile',
  offer_showing: 'profile',
  promotion_use: 'profile',
  promotion_hold: 'profile',
  promotion_counter: 'lookup',

  promotion_group: 'reference',
  promotion: 'reference',
  promotion_revision: 'reference',

  promo_code_pool: 'reference',
  promo_code_batch: 'reference',
  promo_code: 'lookup',
  promo_code_use: 'lookup',
  promo_code_counter: 'lookup',

  program: 'reference',
  program_version: 'reference',
  program_withdrawal: 'reference',
  program_draft: 'reference',
  loyalty_account: 'profile',
  lot: 'profile',
  loyalty_journal: 'profile',
  loyalty_entry: 'profile',
  hold: 'profile',
  hold_lot: 'profile',
  incident: 'profile',
  expiry_notice: 'profile',

  orders: 'profile',
  order_line: 'profile',
  order_return: 'profile',
  return_line: 'profile',
  order_key: 'lookup',
  receipt_key: 'lookup',
  return_key: 'lookup',
  waiting_return: 'lookup',

  message: 'profile',
  message_key: 'lookup',
  staff_letter: 'lookup',

  import_run: 'reference',
  exchange_source: 'reference',
  exchange_hour: 'lookup',
  exchange_schedule: 'reference',
  exchange_file: 'reference',
  import_preset: 'reference',
  import_product_change: 'reference',
  import_change: 'profile',
  opening_balance: 'lookup',
};
