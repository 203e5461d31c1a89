import { Migration } from '@mikro-orm/migrations';

export class Migration20261122000000_initial extends Migration {
  override up(): void {
    this.addSql(
      `create table "idempotency_record" ("scope" text not null, "key" text not null, "operation" text not null, "content_hash" text not null, "reply" jsonb null, "created_at" timestamptz not null, primary key ("scope", "key"))`,
    );
    this.addSql(`create index "idempotency_record_created_at_index" on "idempotency_record" ("created_at")`);
    this.addSql(
      `create table "outbox_delivery" ("event_id" uuid not null, "handler" text not null, "delivered_at" timestamptz not null, primary key ("event_id", "handler"))`,
    );
    this.addSql(
      `create table "outbox_event" ("profile_id" uuid not null, "id" uuid not null, "position" bigserial not null, "kind" text not null, "payload" jsonb not null, "occurred_at" timestamptz not null, "published_at" timestamptz null, "attempts" int not null default 0, "retry_at" timestamptz null, "failure" text null, primary key ("profile_id", "id"))`,
    );
    this.addSql(`create index outbox_event_waiting on outbox_event (position) where published_at is null`);
  }
}
