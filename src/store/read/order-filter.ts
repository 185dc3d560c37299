import Big from "big.js";
import { and, eq, gte, lt, lte, not, or, type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { COMMAND_STATUSES, type CommandStatus, ENDED } from "../../domain/command.js";
import { minorDigits } from "../../domain/money.js";
import { RETURN_STATUSES } from "../../domain/return.js";
import { normalizeTrackingNumber } from "../../domain/tracking.js";
import {
  commands,
  fulfillmentOrders,
  fulfillments,
  locations,
  orderLines,
  orderPlatformStatuses,
  orders,
  orderTags,
  packages,
  returns,
} from "../tables.js";
import { type Access, isAnyOf } from "./access.js";
import { contains } from "./search.js";

type Maybe<T> = T | null | undefined;

/** Which orders; everything that is given must hold. Absent and null are the same. */
export interface OrderFilter {
  and?: Maybe<OrderFilter[]>;
  or?: Maybe<OrderFilter[]>;
  not?: Maybe<OrderFilter>;
  channelId?: Maybe<string[]>;
  platform?: Maybe<string[]>;
  state?: Maybe<string[]>;
  paymentStatus?: Maybe<string[]>;
  fulfillmentStatus?: Maybe<string[]>;
  deliveryStatus?: Maybe<string[]>;
  returnStatus?: Maybe<string[]>;
  platformStatus?: Maybe<TextFilter>;
  number?: Maybe<TextFilter>;
  email?: Maybe<TextFilter>;
  sku?: Maybe<TextFilter>;
  trackingNumber?: Maybe<TextFilter>;
  tag?: Maybe<TextFilter>;
  locationId?: Maybe<string[]>;
  country?: Maybe<string[]>;
  placedAt?: Maybe<MomentFilter>;
  updatedAt?: Maybe<MomentFilter>;
  total?: Maybe<AmountFilter>;
  currency?: Maybe<string[]>;
  hasOpenReturn?: Maybe<boolean>;
  hasPendingCommand?: Maybe<boolean>;
  hasSyncProblem?: Maybe<boolean>;
  shipByBefore?: Maybe<Date>;
}
export interface TextFilter {
  eq?: Maybe<string>;
  in?: Maybe<string[]>;
  startsWith?: Maybe<string>;
  /** Wherever it stands; case and accents do not count. */
  contains?: Maybe<string>;
}
export interface MomentFilter {
  gte?: Maybe<Date>;
  lt?: Maybe<Date>;
}
/** Decimal strings, in whatever currency an order has. */
export interface AmountFilter {
  eq?: Maybe<string>;
  gte?: Maybe<string>;
  lte?: Maybe<string>;
}

/** The condition on `orders`; undefined where the filter lets everything through. */
export function orderCondition(filter: OrderFilter, access: Access): SQL | undefined {
  const parts = [
    ...COLUMNS.map(([name, column]) => present(filter[name], (words) => isAnyOf(column, words))),
    present(filter.number, (text) => matches(orders.number, text)),
    present(filter.email, (text) =>
      matches(
        orders.emailNormalized,
        mapText(text, (value) => value.trim().toLowerCase()),
      ),
    ),
    present(filter.placedAt, (moment) => within(orders.placedAt, moment)),
    present(filter.updatedAt, (moment) => within(orders.updatedAt, moment)),
    present(filter.total, (amount) => totalIs(amount, filter.currency ?? null)),
    present(filter.tag, (text) => hasMatching(orderTags, access, matches(orderTags.tag, text))),
    present(filter.sku, (text) =>
      hasMatching(orderLines, access, matches(orderLines.sku, text), stands(orderLines)),
    ),
    present(filter.trackingNumber, (text) =>
      hasMatching(
        packages,
        access,
        matches(packages.trackingNumber, mapText(text, normalizeTrackingNumber)),
      ),
    ),
    present(filter.platformStatus, (text) =>
      hasMatching(orderPlatformStatuses, access, matches(orderPlatformStatuses.value, text)),
    ),
    present(filter.locationId, (ids) => isAtLocation(access, ids)),
    ...TEXTS.map(([name, field]) =>
      present(filter[name]?.contains, (text) =>
        contains(field, name === "trackingNumber" ? normalizeTrackingNumber(text) : text),
      ),
    ),
    present(filter.shipByBefore, (moment) => isToBeShippedBefore(access, moment)),
    present(filter.hasOpenReturn, (wanted) => yesOrNo(wanted, hasOpenReturn(access))),
    present(filter.hasPendingCommand, (wanted) => yesOrNo(wanted, hasCommand(access, UNFINISHED))),
    present(filter.hasSyncProblem, (wanted) => yesOrNo(wanted, hasSyncProblem(access))),
    present(filter.and, (all) => and(...all.map((one) => orderCondition(one, access)))),
    present(filter.or, (any) => anyOf(any, access)),
    present(filter.not, (none) => sql`not coalesce(${allOf(none, access)}, false)`),
  ];
  return and(...parts);
}

const COLUMNS = [
  ["channelId", orders.channelId],
  ["platform", orders.platform],
  ["state", orders.state],
  ["paymentStatus", orders.paymentStatus],
  ["fulfillmentStatus", orders.fulfillmentStatus],
  ["deliveryStatus", orders.deliveryStatus],
  ["returnStatus", orders.returnStatus],
  ["country", orders.country],
  ["currency", orders.currency],
] as const;

/** Texts that can be searched for parts, by the field that holds them. */
const TEXTS = [
  ["number", "number"],
  ["email", "email"],
  ["sku", "sku"],
  ["trackingNumber", "tracking"],
  ["tag", "tag"],
  ["platformStatus", "status"],
] as const;

const OPEN_RETURNS = RETURN_STATUSES.filter(
  (status) => !["DECLINED", "CLOSED", "CANCELED"].includes(status),
);
/** Work that is still to be done. */
const OPEN_WORK = ["OPEN", "SCHEDULED", "IN_PROGRESS", "ON_HOLD"];
const UNFINISHED = COMMAND_STATUSES.filter((status) => !ENDED.has(status));
/** A write whose outcome somebody should look at; see Order.syncState. */
const DOUBTFUL: CommandStatus[] = ["OUTCOME_UNKNOWN", "NEEDS_ATTENTION"];

function present<T>(value: Maybe<T>, condition: (value: T) => SQL | undefined): SQL | undefined {
  return value === null || value === undefined ? undefined : condition(value);
}

function allOf(filter: OrderFilter, access: Access): SQL {
  return orderCondition(filter, access) ?? sql`true`;
}

/** One of none is nothing; an empty filter among them lets everything through. */
function anyOf(filters: OrderFilter[], access: Access): SQL | undefined {
  if (filters.length === 0) return sql`false`;
  return or(...filters.map((filter) => allOf(filter, access)));
}

function yesOrNo(wanted: boolean, condition: SQL): SQL {
  return wanted ? condition : not(condition);
}

/** A prefix is a range, since only `=` and `<` reach an index under row-level security. */
function matches(column: AnyPgColumn, text: TextFilter): SQL | undefined {
  return and(
    present(text.eq, (value) => eq(column, value)),
    present(text.in, (values) => isAnyOf(column, values)),
    present(text.startsWith, (prefix) =>
      prefix === "" ? undefined : and(gte(column, prefix), lt(column, `${prefix}\u{10FFFF}`)),
    ),
  );
}

function mapText(text: TextFilter, change: (value: string) => string): TextFilter {
  return {
    eq: text.eq == null ? null : change(text.eq),
    in: text.in?.map(change),
    startsWith: text.startsWith == null ? null : change(text.startsWith),
  };
}

function within(column: AnyPgColumn, { gte: from, lt: to }: MomentFilter): SQL | undefined {
  return and(
    present(from, (moment) => gte(column, moment)),
    present(to, (moment) => lt(column, moment)),
  );
}

interface ChildTable {
  tenantId: AnyPgColumn;
  orderId: AnyPgColumn;
}

/** Orders by ids of a child table: the planner may begin at either end. */
function hasChild(table: ChildTable, { tenantId }: Access, condition: SQL | undefined): SQL {
  const where = and(eq(table.tenantId, tenantId), condition);
  return sql`${orders.id} in (select ${table.orderId} from ${table.tenantId.table} where ${where})`;
}

/** The same where something is asked of the text itself. */
function hasMatching(
  table: ChildTable,
  access: Access,
  match: SQL | undefined,
  besides?: SQL,
): SQL | undefined {
  return match && hasChild(table, access, and(match, besides));
}

function stands(table: { removedAt: AnyPgColumn }): SQL {
  return sql`${table.removedAt} is null`;
}

function hasCommand(access: Access, statuses: readonly CommandStatus[]): SQL {
  return hasChild(commands, access, isAnyOf(commands.status, statuses));
}

function hasOpenReturn(access: Access): SQL {
  return hasChild(returns, access, and(isAnyOf(returns.status, OPEN_RETURNS), stands(returns)));
}

function isToBeShippedBefore(access: Access, moment: Date): SQL {
  const { shipBy, status } = fulfillmentOrders;
  const due = and(lt(shipBy, moment), isAnyOf(status, OPEN_WORK), stands(fulfillmentOrders));
  return hasChild(fulfillmentOrders, access, due);
}

/** Shipments and planned work bear the platform's id of the place. */
function isAtLocation(access: Access, ids: string[]): SQL | undefined {
  const at = (table: typeof fulfillments | typeof fulfillmentOrders) =>
    hasChild(
      table,
      access,
      sql`(${table.channelId}, ${table.locationNativeId}) in (
        select ${locations.channelId}, ${locations.nativeId} from ${locations}
        where ${and(eq(locations.tenantId, access.tenantId), isAnyOf(locations.id, ids))})`,
    );
  return or(at(fulfillments), at(fulfillmentOrders));
}

/** The newest command failed, one is in doubt, or the shop contradicts itself. */
function hasSyncProblem(access: Access): SQL {
  const newer = sql`exists (select 1 from ${commands} as newer
    where newer.tenant_id = ${access.tenantId} and newer.order_id = ${commands.orderId}
      and newer.id > ${commands.id})`;
  const failedLast = hasChild(
    commands,
    access,
    and(isAnyOf(commands.status, ["FAILED"]), not(newer)),
  );
  return or(eq(orders.diverged, true), hasCommand(access, DOUBTFUL), failedLast) as SQL;
}

/**
 * Amounts are kept in the currency's smallest unit, and currencies differ in how many decimals that is. Where the
 * currencies are named and all count alike, one range is enough.
 */
function totalIs(amount: AmountFilter, currencies: readonly string[] | null): SQL | undefined {
  const named = currencies && [...new Set(currencies.map(minorDigits))];
  if (named?.length === 1 && named[0] !== undefined) return totalInUnits(amount, named[0]);
  const special = [...CURRENCIES_BY_DIGITS.values()].flat();
  const inHundredths = and(not(isAnyOf(orders.currency, special)), totalInUnits(amount, 2));
  const inOthers = [...CURRENCIES_BY_DIGITS].map(([digits, currencies]) =>
    and(isAnyOf(orders.currency, currencies), totalInUnits(amount, digits)),
  );
  return or(inHundredths, ...inOthers);
}

function totalInUnits(amount: AmountFilter, digits: number): SQL | undefined {
  return and(
    present(amount.gte, (value) => gte(orders.totalMinor, unitsOf(value, digits).above)),
    present(amount.lte, (value) => lte(orders.totalMinor, unitsOf(value, digits).below)),
    present(amount.eq, (value) => {
      const { below, above } = unitsOf(value, digits);
      return below === above ? eq(orders.totalMinor, below) : sql`false`;
    }),
  );
}

/** The whole smallest units just below and above an amount, which are the same where it has no finer decimals. */
function unitsOf(amount: string, digits: number): { below: bigint; above: bigint } {
  const exact = Big(amount).times(Big(10).pow(digits));
  const near = BigInt(exact.round(0, Big.roundDown).toFixed(0));
  const past = BigInt(exact.round(0, Big.roundUp).toFixed(0));
  return exact.lt(0) ? { below: past, above: near } : { below: near, above: past };
}

/** Currencies whose smallest unit is not a hundredth, by how many decimals theirs has. */
const CURRENCIES_BY_DIGITS: ReadonlyMap<number, string[]> = Intl.supportedValuesOf(
  "currency",
).reduce((groups, currency) => {
  const digits = minorDigits(currency);
  return digits === 2 ? groups : groups.set(digits, [...(groups.get(digits) ?? []), currency]);
}, new Map<number, string[]>());
