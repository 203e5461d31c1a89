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
