CREATE TABLE "api_keys" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"client" text NOT NULL,
	"name" text NOT NULL,
	"prefix" text NOT NULL,
	"hash" text collate "C" NOT NULL,
	"scopes" text[] NOT NULL,
	"channel_ids" text[],
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"last_used_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "api_keys_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "api_keys" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "channels" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"platform" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"sealed" text NOT NULL,
	"probe" jsonb NOT NULL,
	"capabilities" jsonb NOT NULL,
	"currency" text NOT NULL,
	"timezone" text NOT NULL,
	"platform_version" text,
	"external_url" text collate "C" NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"disconnected_at" timestamp (3) with time zone,
	"health" text DEFAULT 'HEALTHY' NOT NULL,
	"problem" jsonb,
	"webhooks" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"webhooks_checked_at" timestamp (3) with time zone,
	"polled_to" timestamp (3) with time zone,
	"last_poll_at" timestamp (3) with time zone,
	"next_poll_at" timestamp (3) with time zone,
	"last_webhook_at" timestamp (3) with time zone,
	"signature_failures" integer DEFAULT 0 NOT NULL,
	"backfill_status" text DEFAULT 'PENDING' NOT NULL,
	"backfill_cursor" text,
	"backfill_imported" integer DEFAULT 0 NOT NULL,
	"backfill_estimated_total" integer,
	"backfill_started_at" timestamp (3) with time zone,
	"first_page_at" timestamp (3) with time zone,
	"rate_limit_remaining" integer,
	"rate_limit_resets_at" timestamp (3) with time zone,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	CONSTRAINT "channels_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "channels" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "command_attempts" (
	"tenant_id" text collate "C" NOT NULL,
	"step_id" text collate "C" NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"duration_ms" integer,
	"http_status" integer,
	"outcome" text,
	"error_code" text,
	"message" text,
	"verified_by" text,
	CONSTRAINT "command_attempts_tenant_id_step_id_number_pk" PRIMARY KEY("tenant_id","step_id","number")
);
--> statement-breakpoint
ALTER TABLE "command_attempts" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "command_steps" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"command_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"index" integer NOT NULL,
	"marker" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"step" jsonb NOT NULL,
	"fulfillment_id" text collate "C",
	"sent_at" timestamp (3) with time zone,
	CONSTRAINT "command_steps_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "command_steps" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "commands" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"status" text collate "C" NOT NULL,
	"command" jsonb NOT NULL,
	"idempotency_key" text collate "C",
	"client" text collate "C" NOT NULL,
	"actor" jsonb NOT NULL,
	"input_hash" text NOT NULL,
	"target_id" text collate "C" NOT NULL,
	"result_id" text collate "C",
	"errors" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"finished_at" timestamp (3) with time zone,
	"next_attempt_at" timestamp (3) with time zone,
	"deadline" timestamp (3) with time zone,
	"lease_owner" text,
	"lease_until" timestamp (3) with time zone,
	"resolution" jsonb,
	CONSTRAINT "commands_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "commands" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "dead_letters" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"source" text NOT NULL,
	"topic" text,
	"reason" text NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 1 NOT NULL,
	"body" text NOT NULL,
	CONSTRAINT "dead_letters_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "dead_letters" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "deliveries" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"topic" text,
	"dedupe_key" text collate "C" NOT NULL,
	"received_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"outcome" text NOT NULL,
	"reason" text,
	"body" "bytea",
	CONSTRAINT "deliveries_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "deliveries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "events" (
	"tenant_id" text collate "C" NOT NULL,
	"epoch" integer NOT NULL,
	"xid" "xid8" DEFAULT pg_current_xact_id() NOT NULL,
	"seq" bigint GENERATED ALWAYS AS IDENTITY (sequence name "events_seq_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"id" text collate "C" NOT NULL,
	"type" text collate "C" NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"channel_id" text collate "C",
	"order_id" text collate "C",
	"subject_id" text collate "C",
	"order_version" integer,
	"source" text collate "C" NOT NULL,
	"actor" jsonb NOT NULL,
	"caused_by" text collate "C",
	"delivery_id" text collate "C",
	"changes" jsonb NOT NULL,
	"tracking" jsonb,
	CONSTRAINT "events_tenant_id_epoch_xid_seq_recorded_at_pk" PRIMARY KEY("tenant_id","epoch","xid","seq","recorded_at")
) PARTITION BY RANGE ("recorded_at");
--> statement-breakpoint
ALTER TABLE "events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fulfillment_orders" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"location_native_id" text collate "C",
	"ship_by" timestamp (3) with time zone,
	"facts" jsonb NOT NULL,
	CONSTRAINT "fulfillment_orders_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "fulfillment_orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "fulfillments" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"location_native_id" text collate "C",
	"command_id" text collate "C",
	"step_index" integer,
	"marker" text collate "C",
	"facts" jsonb NOT NULL,
	CONSTRAINT "fulfillments_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "fulfillments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "locations" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"address" jsonb,
	CONSTRAINT "locations_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "locations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "log_epochs" (
	"epoch" integer PRIMARY KEY NOT NULL,
	"system_identifier" text NOT NULL,
	"timeline" integer NOT NULL,
	"started_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "log_epochs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "order_lines" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"sku" text collate "C",
	"ordered" numeric(14, 4) NOT NULL,
	"canceled" numeric(14, 4) NOT NULL,
	"fulfilled" numeric(14, 4) NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "order_lines_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "order_lines" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "order_platform_statuses" (
	"tenant_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"field" text collate "C" NOT NULL,
	"value" text collate "C" NOT NULL,
	"observed_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "order_platform_statuses_tenant_id_order_id_field_pk" PRIMARY KEY("tenant_id","order_id","field")
);
--> statement-breakpoint
ALTER TABLE "order_platform_statuses" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "order_tags" (
	"tenant_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"tag" text collate "C" NOT NULL,
	CONSTRAINT "order_tags_tenant_id_tag_order_id_pk" PRIMARY KEY("tenant_id","tag","order_id")
);
--> statement-breakpoint
ALTER TABLE "order_tags" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "orders" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C" NOT NULL,
	"version" integer NOT NULL,
	"platform" text collate "C" NOT NULL,
	"number" text collate "C" NOT NULL,
	"email_normalized" text collate "C",
	"state" text collate "C" NOT NULL,
	"payment_status" text collate "C" NOT NULL,
	"fulfillment_status" text collate "C" NOT NULL,
	"delivery_status" text collate "C" NOT NULL,
	"return_status" text collate "C" NOT NULL,
	"currency" text collate "C" NOT NULL,
	"total_minor" bigint NOT NULL,
	"country" text collate "C",
	"placed_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"deleted_at" timestamp (3) with time zone,
	"head" jsonb NOT NULL,
	"sections" jsonb NOT NULL,
	"document" jsonb NOT NULL,
	"document_shape" integer NOT NULL,
	"observed_at" timestamp (3) with time zone NOT NULL,
	"observed_source" text NOT NULL,
	"platform_updated_at" timestamp (3) with time zone,
	"diverged" boolean DEFAULT false NOT NULL,
	CONSTRAINT "orders_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "orders" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "packages" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"fulfillment_id" text collate "C" NOT NULL,
	"tracking_number" text collate "C",
	"carrier_code" text collate "C",
	"facts" jsonb NOT NULL,
	CONSTRAINT "packages_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "packages" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refreshes" (
	"tenant_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C" NOT NULL,
	"priority" integer NOT NULL,
	"source" text NOT NULL,
	"delivery_id" text collate "C",
	"asked" integer DEFAULT 1 NOT NULL,
	"due_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"lease_until" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "refreshes_tenant_id_channel_id_native_id_pk" PRIMARY KEY("tenant_id","channel_id","native_id")
);
--> statement-breakpoint
ALTER TABLE "refreshes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "refunds" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"status" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "refunds_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "refunds" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "reservations" (
	"tenant_id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"line_id" text collate "C" NOT NULL,
	"step_id" text collate "C" NOT NULL,
	"quantity" numeric(14, 4) NOT NULL,
	CONSTRAINT "reservations_tenant_id_order_id_line_id_step_id_pk" PRIMARY KEY("tenant_id","order_id","line_id","step_id")
);
--> statement-breakpoint
ALTER TABLE "reservations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tenants" (
	"tenant_id" text collate "C" NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "tenants_tenant_id_pk" PRIMARY KEY("tenant_id")
);
--> statement-breakpoint
ALTER TABLE "tenants" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "tracking_events" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"fulfillment_id" text collate "C" NOT NULL,
	"package_id" text collate "C" NOT NULL,
	"occurred_at" timestamp (3) with time zone NOT NULL,
	"recorded_at" timestamp (3) with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "tracking_events_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "tracking_events" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE TABLE "transactions" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "transactions_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "transactions" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "command_attempts" ADD CONSTRAINT "command_attempts_tenant_id_step_id_command_steps_tenant_id_id_fk" FOREIGN KEY ("tenant_id","step_id") REFERENCES "public"."command_steps"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "command_steps" ADD CONSTRAINT "command_steps_tenant_id_command_id_commands_tenant_id_id_fk" FOREIGN KEY ("tenant_id","command_id") REFERENCES "public"."commands"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "commands" ADD CONSTRAINT "commands_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dead_letters" ADD CONSTRAINT "dead_letters_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deliveries" ADD CONSTRAINT "deliveries_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfillment_orders" ADD CONSTRAINT "fulfillment_orders_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fulfillments" ADD CONSTRAINT "fulfillments_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "locations" ADD CONSTRAINT "locations_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_lines" ADD CONSTRAINT "order_lines_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_platform_statuses" ADD CONSTRAINT "order_platform_statuses_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "order_tags" ADD CONSTRAINT "order_tags_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "packages" ADD CONSTRAINT "packages_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refreshes" ADD CONSTRAINT "refreshes_tenant_id_channel_id_channels_tenant_id_id_fk" FOREIGN KEY ("tenant_id","channel_id") REFERENCES "public"."channels"("tenant_id","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_tenant_id_step_id_command_steps_tenant_id_id_fk" FOREIGN KEY ("tenant_id","step_id") REFERENCES "public"."command_steps"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "tracking_events" ADD CONSTRAINT "tracking_events_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transactions" ADD CONSTRAINT "transactions_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_keys_hash" ON "api_keys" USING btree ("hash");--> statement-breakpoint
CREATE UNIQUE INDEX "channels_one_shop_once" ON "channels" USING btree ("tenant_id","platform","external_url") WHERE disconnected_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "command_steps_index" ON "command_steps" USING btree ("tenant_id","command_id","index");--> statement-breakpoint
CREATE UNIQUE INDEX "command_steps_marker" ON "command_steps" USING btree ("tenant_id","marker");--> statement-breakpoint
CREATE UNIQUE INDEX "command_steps_one_in_flight" ON "command_steps" USING btree ("tenant_id","order_id") WHERE status = 'IN_FLIGHT';--> statement-breakpoint
CREATE UNIQUE INDEX "commands_idempotency" ON "commands" USING btree ("tenant_id","client","idempotency_key");--> statement-breakpoint
CREATE INDEX "commands_order" ON "commands" USING btree ("tenant_id","order_id","id");--> statement-breakpoint
CREATE INDEX "commands_status" ON "commands" USING btree ("tenant_id","status","id");--> statement-breakpoint
CREATE INDEX "commands_due" ON "commands" USING btree ("next_attempt_at") WHERE finished_at is null;--> statement-breakpoint
CREATE INDEX "dead_letters_age" ON "dead_letters" USING btree ("tenant_id","received_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "deliveries_once" ON "deliveries" USING btree ("tenant_id","channel_id","dedupe_key");--> statement-breakpoint
CREATE INDEX "deliveries_age" ON "deliveries" USING btree ("received_at");--> statement-breakpoint
CREATE INDEX "events_tail" ON "events" USING btree ("epoch","xid","seq");--> statement-breakpoint
CREATE INDEX "events_id" ON "events" USING btree ("tenant_id","id");--> statement-breakpoint
CREATE INDEX "events_order" ON "events" USING btree ("tenant_id","order_id","epoch","xid","seq");--> statement-breakpoint
CREATE INDEX "fulfillment_orders_order" ON "fulfillment_orders" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "fulfillment_orders_native" ON "fulfillment_orders" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE INDEX "fulfillment_orders_location" ON "fulfillment_orders" USING btree ("tenant_id","location_native_id","order_id");--> statement-breakpoint
CREATE INDEX "fulfillments_order" ON "fulfillments" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "fulfillments_native" ON "fulfillments" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE INDEX "fulfillments_location" ON "fulfillments" USING btree ("tenant_id","location_native_id","order_id");--> statement-breakpoint
CREATE INDEX "fulfillments_command" ON "fulfillments" USING btree ("tenant_id","command_id");--> statement-breakpoint
CREATE UNIQUE INDEX "locations_native" ON "locations" USING btree ("tenant_id","channel_id","native_id");--> statement-breakpoint
CREATE INDEX "order_lines_order" ON "order_lines" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "order_lines_native" ON "order_lines" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE INDEX "order_lines_sku" ON "order_lines" USING btree ("tenant_id","sku","order_id");--> statement-breakpoint
CREATE INDEX "order_platform_statuses_value" ON "order_platform_statuses" USING btree ("tenant_id","value","order_id");--> statement-breakpoint
CREATE INDEX "order_tags_order" ON "order_tags" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "orders_native" ON "orders" USING btree ("tenant_id","channel_id","native_id");--> statement-breakpoint
CREATE INDEX "orders_placed" ON "orders" USING btree ("tenant_id","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_updated" ON "orders" USING btree ("tenant_id","updated_at","id");--> statement-breakpoint
CREATE INDEX "orders_total" ON "orders" USING btree ("tenant_id","total_minor","id");--> statement-breakpoint
CREATE INDEX "orders_number" ON "orders" USING btree ("tenant_id","number","id");--> statement-breakpoint
CREATE INDEX "orders_email" ON "orders" USING btree ("tenant_id","email_normalized","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_channel" ON "orders" USING btree ("tenant_id","channel_id","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_state" ON "orders" USING btree ("tenant_id","state","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_payment" ON "orders" USING btree ("tenant_id","payment_status","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_fulfillment" ON "orders" USING btree ("tenant_id","fulfillment_status","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_delivery" ON "orders" USING btree ("tenant_id","delivery_status","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_country" ON "orders" USING btree ("tenant_id","country","placed_at","id");--> statement-breakpoint
CREATE INDEX "orders_currency" ON "orders" USING btree ("tenant_id","currency","total_minor","id");--> statement-breakpoint
CREATE INDEX "packages_order" ON "packages" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "packages_native" ON "packages" USING btree ("tenant_id","fulfillment_id","native_id");--> statement-breakpoint
CREATE INDEX "packages_tracking" ON "packages" USING btree ("tenant_id","tracking_number","order_id");--> statement-breakpoint
CREATE INDEX "refreshes_due" ON "refreshes" USING btree ("channel_id","priority","due_at");--> statement-breakpoint
CREATE INDEX "refunds_order" ON "refunds" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_native" ON "refunds" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE INDEX "tracking_events_order" ON "tracking_events" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "tracking_events_native" ON "tracking_events" USING btree ("tenant_id","package_id","native_id");--> statement-breakpoint
CREATE INDEX "transactions_order" ON "transactions" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "transactions_native" ON "transactions" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "api_keys" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "api_keys" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "api_keys" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "channels" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "channels" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "channels" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "command_attempts" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "command_attempts" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "command_steps" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "command_steps" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "command_steps" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "commands" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "commands" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "commands" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "dead_letters" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "dead_letters" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "dead_letters" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "deliveries" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "deliveries" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "deliveries" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "events" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "events" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "events" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "fulfillment_orders" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "fulfillment_orders" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "fulfillments" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "fulfillments" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "locations" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "locations" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "everybody_reads" ON "log_epochs" AS PERMISSIVE FOR SELECT TO "tributary_app", "tributary_system" USING (true);--> statement-breakpoint
CREATE POLICY "system_begins" ON "log_epochs" AS PERMISSIVE FOR INSERT TO "tributary_system" WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "log_epochs" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "order_lines" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "order_lines" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "order_platform_statuses" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "order_platform_statuses" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "order_tags" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "order_tags" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "orders" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "orders" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "packages" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "packages" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "refreshes" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "refreshes" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "refreshes" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "refunds" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "refunds" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "reservations" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "reservations" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "tenants" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "tenants" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "system_works_over_tenants" ON "tenants" AS PERMISSIVE FOR ALL TO "tributary_system" USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "tracking_events" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "tracking_events" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "transactions" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "transactions" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);