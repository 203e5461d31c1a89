import { Migration } from '@mikro-orm/migrations';

export class Migration20261122000000_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "api_key" ("id" uuid not null, "name" text not null, "token_hash" text not null, "scopes" text[] not null, "store_ids" uuid[] null, "sources" text[] null, "expires_at" timestamptz null, "revoked_at" timestamptz null, "last_used_at" timestamptz null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "api_key" add constraint "api_key_token_hash_unique" unique ("token_hash")`);
    this.addSql(
      `create table "audit_entry" ("id" uuid not null, "occurred_at" timestamptz not null, "actor_kind" text not null, "actor_id" text not null, "action" text not null, "subject" text not null, "facts" jsonb not null, primary key ("id"))`,
    );
    this.addSql(`create index "audit_entry_occurred_at_index" on "audit_entry" ("occurred_at")`);
    this.addSql(`create index "audit_entry_subject" on "audit_entry" ("subject", "occurred_at")`);
    this.addSql(
      `create table "brand" ("id" uuid not null, "code" text not null, "name" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "brand" add constraint "brand_code_unique" unique ("code")`);
    this.addSql(
      `create table "category" ("id" uuid not null, "parent_id" uuid null, "code" text not null, "name" text not null, "path" text[] not null, primary key ("id"))`,
    );
    this.addSql(`create index "category_parent_id_index" on "category" ("parent_id")`);
    this.addSql(`alter table "category" add constraint "category_code_unique" unique ("code")`);
    this.addSql(
      `create table "consent" ("profile_id" uuid not null, "id" uuid not null, "text_id" uuid not null, "purpose" text not null, "version" text not null, "granted" boolean not null, "source" text not null, "given_at" timestamptz not null, primary key ("profile_id", "id"))`,
    );
    this.addSql(
      `alter table "consent" add constraint "consent_purpose_check" check ("purpose" in ('PROCESSING', 'ADVERTISING'))`,
    );
    this.addSql(
      `create table "consent_text" ("id" uuid not null, "brand_id" uuid not null, "purpose" text not null, "version" text not null, "text" text not null, "required" boolean not null default false, "valid_from" timestamptz not null, "retired_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "consent_text" add constraint "consent_text_version" unique ("brand_id", "purpose", "version")`,
    );
    this.addSql(
      `alter table "consent_text" add constraint "consent_text_purpose_check" check ("purpose" in ('PROCESSING', 'ADVERTISING'))`,
    );
    this.addSql(
      `create table "idempotency_record" ("scope" text not null, "key" text not null, "operation" text not null, "content_hash" text not null, "reply" jsonb null, "created_at" timestamptz not null, primary key ("scope", "key"))`,
    );
    this.addSql(`create index "idempotency_record_created_at_index" on "idempotency_record" ("created_at")`);
    this.addSql(
      `create table "identity" ("profile_id" uuid not null, "id" uuid not null, "kind" text not null, "source" text not null default '', "sealed" text not null, "masked" text not null, "blind_index" text not null, "verified_at" timestamptz null, "position" int not null, "created_at" timestamptz not null, primary key ("profile_id", "id"))`,
    );
    this.addSql(
      `alter table "identity" add constraint "identity_kind_check" check ("kind" in ('PHONE', 'EMAIL', 'CARD', 'EXTERNAL'))`,
    );
    this.addSql(
      `create table "identity_key" ("blind_index" text not null, "profile_id" uuid not null, "identity_id" uuid not null, primary key ("blind_index"))`,
    );
    this.addSql(`create index "identity_key_profile_id_index" on "identity_key" ("profile_id")`);
    this.addSql(
      `create table "message" ("profile_id" uuid not null, "id" uuid not null, "channel" text not null, "purpose" text not null, "sealed_to" text not null, "masked_to" text not null, "to_index" text not null, "sealed_subject" text null, "sealed_text" text not null, "state" text not null, "about_id" uuid null, "created_at" timestamptz not null, "expires_at" timestamptz null, "attempts" int not null default 0, "retry_at" timestamptz null, "leased_until" timestamptz null, "sent_at" timestamptz null, "provider" text null, "provider_id" text null, "failure" text null, primary key ("profile_id", "id"))`,
    );
    this.addSql(`create index message_waiting on message (created_at) where state in ('QUEUED', 'SENDING')`);
    this.addSql(`create index "message_created" on "message" ("created_at")`);
    this.addSql(`create index "message_to" on "message" ("to_index", "created_at")`);
    this.addSql(
      `alter table "message" add constraint "message_channel_check" check ("channel" in ('SMS', 'VIBER', 'EMAIL', 'CALL'))`,
    );
    this.addSql(`alter table "message" add constraint "message_purpose_check" check ("purpose" in ('CODE'))`);
    this.addSql(
      `alter table "message" add constraint "message_state_check" check ("state" in ('QUEUED', 'SENDING', 'UNKNOWN', 'SENT', 'DELIVERED', 'FAILED', 'DROPPED'))`,
    );
    this.addSql(
      `create table "message_key" ("key" text not null, "profile_id" uuid not null, "message_id" uuid not null, primary key ("key"))`,
    );
    this.addSql(`create index "message_key_profile_id_index" on "message_key" ("profile_id")`);
    this.addSql(
      `create table "orders" ("profile_id" uuid not null, "id" uuid not null, "source" text not null, "external_id" text not null, "store_id" uuid not null, "till_id" uuid null, "cashier_id" uuid null, "channel" text not null, "state" text not null, "mode" text not null, "occurred_at" timestamptz not null, "begun_at" timestamptz null, "committed_at" timestamptz null, "posted_at" timestamptz null, "identified_at" text null, "program_id" uuid null, "version_id" uuid null, "currency" text not null, "gross" bigint not null, "discount" bigint not null, "points_discount" bigint not null default '0', "to_pay" bigint not null, "points_spent" bigint not null default '0', "planned_earn" bigint not null default '0', "earned" bigint not null default '0', "overdrawn" bigint not null default '0', "activate_at" timestamptz null, "expire_at" timestamptz null, "hold_expires_at" timestamptz null, "terms" jsonb null, "content_hash" text not null, "revision" int not null default 0, "visit_id" uuid null, primary key ("profile_id", "id"))`,
    );
    this.addSql(`create index "orders_of_store" on "orders" ("store_id", "occurred_at", "id")`);
    this.addSql(`create index "orders_of_profile" on "orders" ("profile_id", "occurred_at", "id")`);
    this.addSql(`create index orders_to_expire on orders (hold_expires_at) where state = 'BEGUN'`);
    this.addSql(
      `alter table "orders" add constraint "orders_state_known" check (state in ('BEGUN', 'COMMITTED', 'PARTIALLY_RETURNED', 'RETURNED', 'CANCELLED', 'EXPIRED'))`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_sum_adds_up" check (to_pay = gross - discount - points_discount)`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_sums_not_negative" check (gross >= 0 and discount >= 0 and points_discount >= 0 and to_pay >= 0)`,
    );
    this.addSql(
      `alter table "orders" add constraint "orders_points_not_negative" check (points_spent >= 0 and planned_earn >= 0 and earned >= 0 and overdrawn >= 0)`,
    );
    this.addSql(
      `create table "order_key" ("source" text not null, "external_id" text not null, "store_id" uuid not null, "profile_id" uuid null, "order_id" uuid null, primary key ("source", "external_id"))`,
    );
    this.addSql(`alter table "order_key" add constraint "order_key_order_id_unique" unique ("order_id")`);
    this.addSql(
      `create table "order_line" ("profile_id" uuid not null, "order_id" uuid not null, "number" int not null, "sku" text not null, "name" text null, "kind" text not null, "quantity_milli" bigint not null, "unit_price" bigint not null, "gross" bigint not null, "discount" bigint not null, "points_discount" bigint not null, "to_pay" bigint not null, "min_unit_price" bigint not null, "earnable" boolean not null, "redeemable" boolean not null, "earn_base" bigint not null, "earn_share" bigint not null, "discounts" jsonb not null, "print_lines" jsonb not null, "goods" jsonb not null, "returned_milli" bigint not null default '0', primary key ("profile_id", "order_id", "number"))`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_sum_adds_up" check (to_pay = gross - discount - points_discount)`,
    );
    this.addSql(
      `alter table "order_line" add constraint "order_line_returned_within" check (returned_milli >= 0 and returned_milli <= quantity_milli)`,
    );
    this.addSql(
      `create table "order_return" ("profile_id" uuid not null, "id" uuid not null, "order_id" uuid null, "source" text not null, "external_id" text not null, "store_id" uuid not null, "currency" text not null, "occurred_at" timestamptz not null, "posted_at" timestamptz not null, "money_back" bigint not null, "withheld" bigint not null default '0', "points_restored" bigint not null default '0', "points_clawed" bigint not null default '0', "debt" bigint not null default '0', "shortage" bigint not null default '0', "flagged" boolean not null default false, primary key ("profile_id", "id"))`,
    );
    this.addSql(`create index "order_return_order" on "order_return" ("profile_id", "order_id")`);
    this.addSql(
      `create table "outbox_delivery" ("event_id" uuid not null, "handler" text not null, "delivered_at" timestamptz not null, primary key ("event_id", "handler"))`,
    );
    this.addSql(
      `create table "outbox_event" ("profile_id" uuid not null, "id" uuid not null, "position" bigserial not null, "kind" text not null, "payload" jsonb not null, "occurred_at" timestamptz not null, "published_at" timestamptz null, "attempts" int not null default 0, "retry_at" timestamptz null, "failure" text null, primary key ("profile_id", "id"))`,
    );
    this.addSql(`create index outbox_event_waiting on outbox_event (position) where published_at is null`);
    this.addSql(
      `create table "pin_guard" ("staff_id" uuid not null, "till_id" uuid not null, "wrong" int not null, "locked_until" timestamptz null, primary key ("staff_id", "till_id"))`,
    );
    this.addSql(
      `create table "product" ("id" uuid not null, "sku" text not null, "name" text not null, "category_id" uuid null, "brand" text null, "price" jsonb not null default '{}', "old_price" jsonb not null default '{}', "url" text null, "image_url" text null, "earnable" boolean null, "redeemable" boolean null, "min_unit_price" jsonb not null default '{}', "available" boolean not null default true, "attributes" jsonb not null default '{}', "source" text not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "product" add constraint "product_sku_unique" unique ("sku")`);
    this.addSql(`create index "product_category_id_index" on "product" ("category_id")`);
    this.addSql(
      `create table "product_barcode" ("barcode" text not null, "product_id" uuid not null, "position" int not null, primary key ("barcode"))`,
    );
    this.addSql(`create index "product_barcode_product_id_index" on "product_barcode" ("product_id")`);
    this.addSql(
      `create table "profile" ("id" uuid not null, "kind" text not null, "given_name" text null, "family_name" text null, "patronymic" text null, "birth_date" date null, "gender" text null, "tags" text[] not null default '{}', "attributes" jsonb not null default '{}', "origins" jsonb not null default '{}', "preferred_store_id" uuid null, "merged_into" uuid null, "created_at" timestamptz not null, "updated_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "profile_merged_into_index" on "profile" ("merged_into")`);
    this.addSql(
      `create index profile_persons on profile (created_at, id) where kind = 'PERSON' and merged_into is null`,
    );
    this.addSql(
      `alter table "profile" add constraint "profile_kind_check" check ("kind" in ('PERSON', 'VISITOR', 'WALK_IN'))`,
    );
    this.addSql(
      `alter table "profile" add constraint "profile_gender_check" check ("gender" in ('FEMALE', 'MALE', 'OTHER'))`,
    );
    this.addSql(
      `create table "receipt_key" ("fiscal_drive" text not null, "fiscal_document" text not null, "profile_id" uuid not null, "order_id" uuid null, "return_id" uuid null, "fiscal_sign" text null, "issued_at" timestamptz null, "total" bigint null, primary key ("fiscal_drive", "fiscal_document"))`,
    );
    this.addSql(`create index "receipt_key_order_id_index" on "receipt_key" ("order_id")`);
    this.addSql(`create index "receipt_key_return_id_index" on "receipt_key" ("return_id")`);
    this.addSql(
      `create table "return_key" ("source" text not null, "external_id" text not null, "profile_id" uuid not null, "return_id" uuid not null, "content_hash" text not null, primary key ("source", "external_id"))`,
    );
    this.addSql(`alter table "return_key" add constraint "return_key_return_id_unique" unique ("return_id")`);
    this.addSql(
      `create table "return_line" ("profile_id" uuid not null, "return_id" uuid not null, "position" int not null, "number" int null, "sku" text null, "quantity_milli" bigint not null, "money_back" bigint not null, "points_discount" bigint not null, "print_lines" jsonb not null, primary key ("profile_id", "return_id", "position"))`,
    );
    this.addSql(
      `create table "setting" ("name" text not null, "value" jsonb not null, "updated_at" timestamptz not null, primary key ("name"))`,
    );
    this.addSql(
      `create table "sign_in_challenge" ("id" uuid not null, "client" text not null, "purpose" text not null, "kind" text not null, "profile_id" uuid null, "phone_index" text not null, "phone_sealed" text not null, "masked_phone" text not null, "code_mac" text not null, "channel" text not null, "other_channels" text[] not null, "delivery" text not null, "attempts_left" int not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "resend_at" timestamptz not null, "visit_id" uuid null, primary key ("id"))`,
    );
    this.addSql(
      `create index "sign_in_challenge_open" on "sign_in_challenge" ("client", "phone_index", "expires_at")`,
    );
    this.addSql(
      `alter table "sign_in_challenge" add constraint "sign_in_challenge_kind_check" check ("kind" in ('SIGN_IN', 'ENROLMENT'))`,
    );
    this.addSql(
      `alter table "sign_in_challenge" add constraint "sign_in_challenge_channel_check" check ("channel" in ('SMS', 'VIBER', 'EMAIL', 'CALL'))`,
    );
    this.addSql(
      `alter table "sign_in_challenge" add constraint "sign_in_challenge_delivery_check" check ("delivery" in ('SENDING', 'SENT', 'DELIVERED', 'FAILED'))`,
    );
    this.addSql(
      `create table "staff" ("id" uuid not null, "name" text not null, "email" text null, "password_hash" text null, "pin_hash" text null, "can_waive" boolean not null default false, "status" text not null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "staff" add constraint "staff_email_unique" unique ("email")`);
    this.addSql(
      `alter table "staff" add constraint "staff_status_check" check ("status" in ('ACTIVE', 'DISABLED'))`,
    );
    this.addSql(
      `create table "store" ("id" uuid not null, "brand_id" uuid not null, "code" text not null, "name" text not null, "time_zone" text not null, "currency" text not null, "country" text not null default 'RU', "language" text not null default 'ru', "walk_in_profile_id" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`alter table "store" add constraint "store_code_unique" unique ("code")`);
    this.addSql(
      `create table "staff_store" ("staff_id" uuid not null, "store_id" uuid not null, "role" text not null, primary key ("staff_id", "store_id"))`,
    );
    this.addSql(`create index "staff_store_store_id_index" on "staff_store" ("store_id")`);
    this.addSql(
      `alter table "staff_store" add constraint "staff_store_role_check" check ("role" in ('CASHIER', 'MANAGER'))`,
    );
    this.addSql(
      `create table "till" ("id" uuid not null, "store_id" uuid not null, "name" text not null, "kind" text not null, "source" text not null, "token_hash" text null, "revoked_at" timestamptz null, "pairing_code_index" text null, "pairing_expires_at" timestamptz null, "walk_in_profile_id" uuid null, "created_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "till_store_id_index" on "till" ("store_id")`);
    this.addSql(`alter table "till" add constraint "till_source_unique" unique ("source")`);
    this.addSql(`alter table "till" add constraint "till_token_hash_unique" unique ("token_hash")`);
    this.addSql(
      `alter table "till" add constraint "till_pairing_code_index_unique" unique ("pairing_code_index")`,
    );
    this.addSql(`alter table "till" add constraint "till_kind_check" check ("kind" in ('CASHIER', 'KIOSK'))`);
    this.addSql(
      `create table "cashier_session" ("id" uuid not null, "token_hash" text not null, "staff_id" uuid not null, "till_id" uuid not null, "created_at" timestamptz not null, "expires_at" timestamptz not null, "ended_at" timestamptz null, primary key ("id"))`,
    );
    this.addSql(
      `alter table "cashier_session" add constraint "cashier_session_token_hash_unique" unique ("token_hash")`,
    );
    this.addSql(
      `create table "usage_counter" ("key" text not null, "window_seconds" int not null, "moments" timestamptz[] not null, "used" int not null, "started_at" timestamptz not null, primary key ("key", "window_seconds"))`,
    );
    this.addSql(
      `create table "visit" ("id" uuid not null, "profile_id" uuid not null, "client" text not null, "verified_at" timestamptz null, "created_at" timestamptz not null, "expires_at" timestamptz not null, primary key ("id"))`,
    );
    this.addSql(`create index "visit_profile_id_index" on "visit" ("profile_id")`);
    this.addSql(`create index "visit_open" on "visit" ("client", "profile_id", "expires_at")`);
    this.addSql(
      `create table "waiting_return" ("source" text not null, "external_id" text not null, "order_key" text not null, "content_hash" text not null, "record" jsonb not null, "received_at" timestamptz not null, primary key ("source", "external_id"))`,
    );
    this.addSql(`create index "waiting_return_order_key_index" on "waiting_return" ("order_key")`);
    this.addSql(
      `alter table "product" add constraint "product_category_id_foreign" foreign key ("category_id") references "category" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "product_barcode" add constraint "product_barcode_product_id_foreign" foreign key ("product_id") references "product" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "store" add constraint "store_brand_id_foreign" foreign key ("brand_id") references "brand" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "staff_store" add constraint "staff_store_staff_id_foreign" foreign key ("staff_id") references "staff" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "staff_store" add constraint "staff_store_store_id_foreign" foreign key ("store_id") references "store" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "till" add constraint "till_store_id_foreign" foreign key ("store_id") references "store" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "cashier_session" add constraint "cashier_session_staff_id_foreign" foreign key ("staff_id") references "staff" ("id") on update no action on delete no action`,
    );
    this.addSql(
      `alter table "cashier_session" add constraint "cashier_session_till_id_foreign" foreign key ("till_id") references "till" ("id") on update no action on delete no action`,
    );
  }
}
