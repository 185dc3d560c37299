ALTER TABLE "command_steps" RENAME COLUMN "fulfillment_id" TO "part_id";--> statement-breakpoint
CREATE TABLE "returns" (
	"tenant_id" text collate "C" NOT NULL,
	"id" text collate "C" NOT NULL,
	"order_id" text collate "C" NOT NULL,
	"channel_id" text collate "C" NOT NULL,
	"native_id" text collate "C",
	"owner" text NOT NULL,
	"removed_at" timestamp (3) with time zone,
	"position" integer NOT NULL,
	"command_id" text collate "C",
	"step_index" integer,
	"marker" text collate "C",
	"status" text collate "C" NOT NULL,
	"projection" text NOT NULL,
	"made" boolean NOT NULL,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "returns_tenant_id_id_pk" PRIMARY KEY("tenant_id","id")
);
--> statement-breakpoint
ALTER TABLE "returns" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "commands" ADD COLUMN "money" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "command_id" text collate "C";--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "step_index" integer;--> statement-breakpoint
ALTER TABLE "refunds" ADD COLUMN "marker" text collate "C";--> statement-breakpoint
ALTER TABLE "returns" ADD CONSTRAINT "returns_tenant_id_order_id_orders_tenant_id_id_fk" FOREIGN KEY ("tenant_id","order_id") REFERENCES "public"."orders"("tenant_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "returns_order" ON "returns" USING btree ("tenant_id","order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "returns_native" ON "returns" USING btree ("tenant_id","order_id","native_id");--> statement-breakpoint
CREATE INDEX "returns_requested" ON "returns" USING btree ("tenant_id","requested_at","id");--> statement-breakpoint
CREATE INDEX "returns_status" ON "returns" USING btree ("tenant_id","status","requested_at","id");--> statement-breakpoint
CREATE POLICY "app_sees_its_tenant" ON "returns" AS PERMISSIVE FOR ALL TO "tributary_app" USING (tenant_id = (select nullif(current_setting('app.tenant', true), ''))) WITH CHECK (tenant_id = (select nullif(current_setting('app.tenant', true), '')));--> statement-breakpoint
CREATE POLICY "owner_migrates" ON "returns" AS PERMISSIVE FOR ALL TO current_user USING (true) WITH CHECK (true);