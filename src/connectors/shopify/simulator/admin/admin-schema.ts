// Written by test/connectors/shopify/simulator/slice-admin-schema.ts from the official schema 2026-10; change it there.

/** The part of Shopify's Admin schema 2026-10 that this simulator answers, true to the official one. */
export const adminSchema = /* GraphQL */ `
schema {
  query: QueryRoot
  mutation: Mutation
}

directive @idempotent(key: String!) on FIELD

type AccessScope {
  handle: String!
}

type ApiVersion {
  handle: String!
  supported: Boolean!
}

type App implements Node {
  id: ID!
  title: String!
}

type AppInstallation implements Node {
  accessScopes: [AccessScope!]!
  app: App!
  id: ID!
}

type Attribute {
  key: String!
  value: String
}

input AttributeInput {
  key: String!
  value: String!
}

type AutomaticDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type BulkOperation implements Node {
  completedAt: DateTime
  createdAt: DateTime!
  errorCode: BulkOperationErrorCode
  fileSize: UnsignedInt64
  id: ID!
  objectCount: UnsignedInt64!
  partialDataUrl: URL
  query: String!
  rootObjectCount: UnsignedInt64!
  status: BulkOperationStatus!
  type: BulkOperationType!
  url: URL
}

type BulkOperationCancelPayload {
  bulkOperation: BulkOperation
  userErrors: [UserError!]!
}

type BulkOperationConnection {
  edges: [BulkOperationEdge!]!
  nodes: [BulkOperation!]!
  pageInfo: PageInfo!
}

type BulkOperationEdge {
  cursor: String!
  node: BulkOperation!
}

enum BulkOperationErrorCode {
  ACCESS_DENIED
  INTERNAL_SERVER_ERROR
  TIMEOUT
}

type BulkOperationRunQueryPayload {
  bulkOperation: BulkOperation
  userErrors: [BulkOperationUserError!]!
}

enum BulkOperationStatus {
  CANCELED
  CANCELING
  COMPLETED
  CREATED
  EXPIRED
  FAILED
  RUNNING
}

enum BulkOperationType {
  MUTATION
  QUERY
}

type BulkOperationUserError {
  code: BulkOperationUserErrorCode
  field: [String!]
  message: String!
}

enum BulkOperationUserErrorCode {
  INVALID
  LIMIT_REACHED
  OPERATION_IN_PROGRESS
}

enum BulkOperationsSortKeys {
  COMPLETED_AT
  CREATED_AT
}

type Count {
  count: Int!
  precision: CountPrecision!
}

enum CountPrecision {
  AT_LEAST
  EXACT
}

enum CountryCode {
  AC
  AD
  AE
  AF
  AG
  AI
  AL
  AM
  AN
  AO
  AR
  AT
  AU
  AW
  AX
  AZ
  BA
  BB
  BD
  BE
  BF
  BG
  BH
  BI
  BJ
  BL
  BM
  BN
  BO
  BQ
  BR
  BS
  BT
  BV
  BW
  BY
  BZ
  CA
  CC
  CD
  CF
  CG
  CH
  CI
  CK
  CL
  CM
  CN
  CO
  CR
  CU
  CV
  CW
  CX
  CY
  CZ
  DE
  DJ
  DK
  DM
  DO
  DZ
  EC
  EE
  EG
  EH
  ER
  ES
  ET
  FI
  FJ
  FK
  FO
  FR
  GA
  GB
  GD
  GE
  GF
  GG
  GH
  GI
  GL
  GM
  GN
  GP
  GQ
  GR
  GS
  GT
  GW
  GY
  HK
  HM
  HN
  HR
  HT
  HU
  ID
  IE
  IL
  IM
  IN
  IO
  IQ
  IR
  IS
  IT
  JE
  JM
  JO
  JP
  KE
  KG
  KH
  KI
  KM
  KN
  KP
  KR
  KW
  KY
  KZ
  LA
  LB
  LC
  LI
  LK
  LR
  LS
  LT
  LU
  LV
  LY
  MA
  MC
  MD
  ME
  MF
  MG
  MK
  ML
  MM
  MN
  MO
  MQ
  MR
  MS
  MT
  MU
  MV
  MW
  MX
  MY
  MZ
  NA
  NC
  NE
  NF
  NG
  NI
  NL
  NO
  NP
  NR
  NU
  NZ
  OM
  PA
  PE
  PF
  PG
  PH
  PK
  PL
  PM
  PN
  PS
  PT
  PY
  QA
  RE
  RO
  RS
  RU
  RW
  SA
  SB
  SC
  SD
  SE
  SG
  SH
  SI
  SJ
  SK
  SL
  SM
  SN
  SO
  SR
  SS
  ST
  SV
  SX
  SY
  SZ
  TA
  TC
  TD
  TF
  TG
  TH
  TJ
  TK
  TL
  TM
  TN
  TO
  TR
  TT
  TV
  TW
  TZ
  UA
  UG
  UM
  US
  UY
  UZ
  VA
  VC
  VE
  VG
  VN
  VU
  WF
  WS
  XK
  YE
  YT
  ZA
  ZM
  ZW
  ZZ
}

enum CropRegion {
  BOTTOM
  CENTER
  LEFT
  RIGHT
  TOP
}

enum CurrencyCode {
  AED
  AFN
  ALL
  AMD
  ANG
  AOA
  ARS
  AUD
  AWG
  AZN
  BAM
  BBD
  BDT
  BGN
  BHD
  BIF
  BMD
  BND
  BOB
  BRL
  BSD
  BTN
  BWP
  BYN
  BYR @deprecated
  BZD
  CAD
  CDF
  CHF
  CLP
  CNY
  COP
  CRC
  CVE
  CZK
  DJF
  DKK
  DOP
  DZD
  EGP
  ERN
  ETB
  EUR
  FJD
  FKP
  GBP
  GEL
  GHS
  GIP
  GMD
  GNF
  GTQ
  GYD
  HKD
  HNL
  HRK
  HTG
  HUF
  IDR
  ILS
  INR
  IQD
  IRR
  ISK
  JEP
  JMD
  JOD
  JPY
  KES
  KGS
  KHR
  KID
  KMF
  KRW
  KWD
  KYD
  KZT
  LAK
  LBP
  LKR
  LRD
  LSL
  LTL
  LVL
  LYD
  MAD
  MDL
  MGA
  MKD
  MMK
  MNT
  MOP
  MRU
  MUR
  MVR
  MWK
  MXN
  MYR
  MZN
  NAD
  NGN
  NIO
  NOK
  NPR
  NZD
  OMR
  PAB
  PEN
  PGK
  PHP
  PKR
  PLN
  PYG
  QAR
  RON
  RSD
  RUB
  RWF
  SAR
  SBD
  SCR
  SDG
  SEK
  SGD
  SHP
  SLL
  SOS
  SRD
  SSP
  STD @deprecated
  STN
  SYP
  SZL
  THB
  TJS
  TMT
  TND
  TOP
  TRY
  TTD
  TWD
  TZS
  UAH
  UGX
  USD
  USDC
  UYU
  UZS
  VED
  VEF @deprecated
  VES
  VND
  VUV
  WST
  XAF
  XCD
  XOF
  XPF
  XXX
  YER
  ZAR
  ZMW
}

type Customer implements Node {
  defaultEmailAddress: CustomerEmailAddress
  defaultPhoneNumber: CustomerPhoneNumber
  displayName: String!
  firstName: String
  id: ID!
  lastName: String
  legacyResourceId: UnsignedInt64!
}

type CustomerEmailAddress {
  emailAddress: String!
}

type CustomerPhoneNumber {
  phoneNumber: String!
}

scalar DateTime

scalar Decimal

type DeliveryMethod implements Node {
  id: ID!
  maxDeliveryDateTime: DateTime
  methodType: DeliveryMethodType!
  minDeliveryDateTime: DateTime
}

enum DeliveryMethodType {
  LOCAL
  NONE
  PICKUP_POINT
  PICK_UP
  RETAIL
  SHIPPING
}

type DiscountAllocation {
  allocatedAmountSet: MoneyBag!
  discountApplication: DiscountApplication!
}

interface DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}

enum DiscountApplicationAllocationMethod {
  ACROSS
  EACH
  ONE @deprecated
}

type DiscountApplicationConnection {
  edges: [DiscountApplicationEdge!]!
  nodes: [DiscountApplication!]!
}

type DiscountApplicationEdge {
  cursor: String!
  node: DiscountApplication!
}

enum DiscountApplicationTargetSelection {
  ALL
  ENTITLED
  EXPLICIT
}

enum DiscountApplicationTargetType {
  LINE_ITEM
  SHIPPING_LINE
}

type DiscountCodeApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  code: String!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  value: PricingValue!
}

type ExchangeLineItem implements Node {
  id: ID!
  lineItems: [LineItem!]
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  unprocessedQuantity: Int!
  variantId: ID
}

input ExchangeLineItemAppliedDiscountInput {
  description: String
  value: ExchangeLineItemAppliedDiscountValueInput!
}

input ExchangeLineItemAppliedDiscountValueInput @oneOf {
  amount: MoneyInput
  percentage: Float
}

type ExchangeLineItemConnection {
  edges: [ExchangeLineItemEdge!]!
  nodes: [ExchangeLineItem!]!
  pageInfo: PageInfo!
}

type ExchangeLineItemEdge {
  cursor: String!
  node: ExchangeLineItem!
}

input ExchangeLineItemInput {
  appliedDiscount: ExchangeLineItemAppliedDiscountInput
  giftCardCodes: [String!]
  quantity: Int!
  variantId: ID
}

input ExchangeLineItemRemoveFromReturnInput {
  exchangeLineItemId: ID!
  quantity: Int!
}

type Fulfillment implements Node {
  createdAt: DateTime!
  deliveredAt: DateTime
  displayStatus: FulfillmentDisplayStatus
  estimatedDeliveryAt: DateTime
  events(after: String, before: String, first: Int, last: Int, reverse: Boolean = false, sortKey: FulfillmentEventSortKeys = HAPPENED_AT): FulfillmentEventConnection!
  fulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentLineItemConnection!
  id: ID!
  inTransitAt: DateTime
  legacyResourceId: UnsignedInt64!
  location: Location
  name: String!
  order: Order!
  requiresShipping: Boolean!
  service: FulfillmentService
  status: FulfillmentStatus!
  totalQuantity: Int!
  trackingInfo(first: Int): [FulfillmentTrackingInfo!]!
  updatedAt: DateTime!
}

type FulfillmentCancelPayload {
  fulfillment: Fulfillment
  userErrors: [UserError!]!
}

type FulfillmentCreatePayload {
  fulfillment: Fulfillment
  userErrors: [UserError!]!
}

enum FulfillmentDisplayStatus {
  ATTEMPTED_DELIVERY
  CANCELED
  CARRIER_PICKED_UP
  CONFIRMED
  DELAYED
  DELIVERED
  FAILURE
  FULFILLED
  IN_TRANSIT
  LABEL_PRINTED
  LABEL_PURCHASED
  LABEL_VOIDED
  MARKED_AS_FULFILLED
  NOT_DELIVERED
  OUT_FOR_DELIVERY
  PICKED_UP
  READY_FOR_PICKUP
  SUBMITTED
}

type FulfillmentEvent implements Node {
  address1: String
  city: String
  country: String
  createdAt: DateTime!
  estimatedDeliveryAt: DateTime
  happenedAt: DateTime!
  id: ID!
  latitude: Float
  longitude: Float
  message: String
  province: String
  status: FulfillmentEventStatus!
  zip: String
}

type FulfillmentEventConnection {
  nodes: [FulfillmentEvent!]!
  pageInfo: PageInfo!
}

type FulfillmentEventCreatePayload {
  fulfillmentEvent: FulfillmentEvent
  userErrors: [UserError!]!
}

input FulfillmentEventInput {
  address1: String
  city: String
  country: String
  estimatedDeliveryAt: DateTime
  fulfillmentId: ID!
  happenedAt: DateTime
  latitude: Float
  longitude: Float
  message: String
  province: String
  status: FulfillmentEventStatus!
  zip: String
}

enum FulfillmentEventSortKeys {
  HAPPENED_AT
  ID
}

enum FulfillmentEventStatus {
  ATTEMPTED_DELIVERY
  CARRIER_PICKED_UP
  CONFIRMED
  DELAYED
  DELIVERED
  FAILURE
  IN_TRANSIT
  LABEL_PRINTED
  LABEL_PURCHASED
  OUT_FOR_DELIVERY
  READY_FOR_PICKUP
}

type FulfillmentHold implements Node {
  displayReason: String!
  handle: String
  heldByRequestingApp: Boolean!
  id: ID!
  reason: FulfillmentHoldReason!
  reasonNotes: String
}

enum FulfillmentHoldReason {
  AWAITING_PAYMENT
  AWAITING_RETURN_ITEMS
  HIGH_RISK_OF_FRAUD
  INCORRECT_ADDRESS
  INVENTORY_OUT_OF_STOCK
  ONLINE_STORE_POST_PURCHASE_CROSS_SELL
  OTHER
  UNKNOWN_DELIVERY_DATE
}

input FulfillmentInput {
  lineItemsByFulfillmentOrder: [FulfillmentOrderLineItemsInput!]!
  notifyCustomer: Boolean = false
  originAddress: FulfillmentOriginAddressInput
  trackingInfo: FulfillmentTrackingInput
}

type FulfillmentLineItem implements Node {
  id: ID!
  lineItem: LineItem!
  quantity: Int
}

type FulfillmentLineItemConnection {
  edges: [FulfillmentLineItemEdge!]!
  nodes: [FulfillmentLineItem!]!
  pageInfo: PageInfo!
}

type FulfillmentLineItemEdge {
  cursor: String!
  node: FulfillmentLineItem!
}

type FulfillmentOrder implements Node {
  assignedLocation: FulfillmentOrderAssignedLocation!
  createdAt: DateTime!
  deliveryMethod: DeliveryMethod
  destination: FulfillmentOrderDestination
  fulfillAt: DateTime
  fulfillBy: DateTime
  fulfillmentHolds: [FulfillmentHold!]!
  id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): FulfillmentOrderLineItemConnection!
  locationsForMove(after: String, before: String, first: Int, last: Int, lineItemIds: [ID!] = [], locationIds: [ID!], query: String, reverse: Boolean = false): FulfillmentOrderLocationForMoveConnection!
  order: Order!
  orderId: ID!
  orderName: String!
  requestStatus: FulfillmentOrderRequestStatus!
  status: FulfillmentOrderStatus!
  supportedActions: [FulfillmentOrderSupportedAction!]!
  updatedAt: DateTime!
}

enum FulfillmentOrderAction {
  CANCEL_FULFILLMENT_ORDER
  CREATE_FULFILLMENT
  EXTERNAL
  HOLD
  MARK_AS_OPEN
  MERGE
  MOVE
  RELEASE_HOLD
  REPORT_PROGRESS
  REQUEST_CANCELLATION
  REQUEST_FULFILLMENT
  SPLIT
}

type FulfillmentOrderAssignedLocation {
  address1: String
  address2: String
  city: String
  countryCode: CountryCode!
  location: Location
  name: String!
  phone: String
  province: String
  zip: String
}

type FulfillmentOrderConnection {
  edges: [FulfillmentOrderEdge!]!
  nodes: [FulfillmentOrder!]!
  pageInfo: PageInfo!
}

type FulfillmentOrderDestination implements Node {
  address1: String
  address2: String
  city: String
  company: String
  countryCode: CountryCode
  email: String
  firstName: String
  id: ID!
  lastName: String
  phone: String
  province: String
  zip: String
}

type FulfillmentOrderEdge {
  cursor: String!
  node: FulfillmentOrder!
}

input FulfillmentOrderHoldInput {
  externalId: String
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!] = []
  handle: String = ""
  notifyMerchant: Boolean = false
  reason: FulfillmentHoldReason!
  reasonNotes: String
}

type FulfillmentOrderHoldPayload {
  fulfillmentHold: FulfillmentHold
  fulfillmentOrder: FulfillmentOrder
  remainingFulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderHoldUserError!]!
}

type FulfillmentOrderHoldUserError {
  code: FulfillmentOrderHoldUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderHoldUserErrorCode {
  DUPLICATED_FULFILLMENT_ORDER_LINE_ITEMS
  DUPLICATE_FULFILLMENT_HOLD_HANDLE
  FULFILLMENT_ORDER_HOLD_LIMIT_REACHED
  FULFILLMENT_ORDER_NOT_FOUND
  FULFILLMENT_ORDER_NOT_SPLITTABLE
  GREATER_THAN_ZERO
  INVALID_LINE_ITEM_QUANTITY
  TAKEN
}

type FulfillmentOrderLineItem implements Node {
  id: ID!
  inventoryItemId: ID
  lineItem: LineItem!
  remainingQuantity: Int!
  sku: String
  totalQuantity: Int!
}

type FulfillmentOrderLineItemConnection {
  edges: [FulfillmentOrderLineItemEdge!]!
  nodes: [FulfillmentOrderLineItem!]!
  pageInfo: PageInfo!
}

type FulfillmentOrderLineItemEdge {
  cursor: String!
  node: FulfillmentOrderLineItem!
}

input FulfillmentOrderLineItemInput {
  id: ID!
  quantity: Int!
}

input FulfillmentOrderLineItemsInput {
  fulfillmentOrderId: ID!
  fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!]
}

type FulfillmentOrderLocationForMove {
  location: Location!
  message: String
  movable: Boolean!
}

type FulfillmentOrderLocationForMoveConnection {
  nodes: [FulfillmentOrderLocationForMove!]!
  pageInfo: PageInfo!
}

type FulfillmentOrderMoveFulfillmentOrderMoveUserError {
  code: FulfillmentOrderMoveFulfillmentOrderMoveUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderMoveFulfillmentOrderMoveUserErrorCode {
  CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS
}

type FulfillmentOrderMovePayload {
  movedFulfillmentOrder: FulfillmentOrder
  originalFulfillmentOrder: FulfillmentOrder
  remainingFulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderMoveFulfillmentOrderMoveUserError!]!
}

type FulfillmentOrderReleaseHoldPayload {
  fulfillmentOrder: FulfillmentOrder
  userErrors: [FulfillmentOrderReleaseHoldUserError!]!
}

type FulfillmentOrderReleaseHoldUserError {
  code: FulfillmentOrderReleaseHoldUserErrorCode
  field: [String!]
  message: String!
}

enum FulfillmentOrderReleaseHoldUserErrorCode {
  FULFILLMENT_ORDER_NOT_FOUND
  INVALID_ACCESS
}

enum FulfillmentOrderRequestStatus {
  ACCEPTED
  CANCELLATION_ACCEPTED
  CANCELLATION_REJECTED
  CANCELLATION_REQUESTED
  CLOSED
  REJECTED
  SUBMITTED
  UNSUBMITTED
}

enum FulfillmentOrderSortKeys {
  ID
  UPDATED_AT
}

enum FulfillmentOrderStatus {
  CANCELLED
  CLOSED
  INCOMPLETE
  IN_PROGRESS
  ON_HOLD
  OPEN
  SCHEDULED
}

type FulfillmentOrderSupportedAction {
  action: FulfillmentOrderAction!
  externalUrl: URL
}

input FulfillmentOriginAddressInput {
  address1: String
  address2: String
  city: String
  countryCode: String!
  provinceCode: String
  zip: String
}

type FulfillmentService {
  handle: String!
  id: ID!
  serviceName: String!
  type: FulfillmentServiceType!
}

enum FulfillmentServiceType {
  GIFT_CARD
  MANUAL
  THIRD_PARTY
}

enum FulfillmentStatus {
  CANCELLED
  ERROR
  FAILURE
  OPEN @deprecated
  PENDING @deprecated
  SUCCESS
}

type FulfillmentTrackingInfo {
  company: String
  number: String
  url: URL
}

type FulfillmentTrackingInfoUpdatePayload {
  fulfillment: Fulfillment
  userErrors: [UserError!]!
}

input FulfillmentTrackingInput {
  company: String
  number: String
  numbers: [String!]
  url: URL
  urls: [URL!]
}

input HasMetafieldsMetafieldIdentifierInput {
  key: String!
  namespace: String
}

type Image {
  url(transform: ImageTransformInput): URL!
}

enum ImageContentType {
  JPG
  PNG
  WEBP
}

input ImageTransformInput {
  crop: CropRegion
  maxHeight: Int
  maxWidth: Int
  preferredContentType: ImageContentType
  scale: Int = 1
}

type InventoryItem implements Node {
  id: ID!
  legacyResourceId: UnsignedInt64!
  requiresShipping: Boolean!
  sku: String
  tracked: Boolean!
}

type InvoiceReturnOutcome {
  amount: MoneyBag!
}

type Job {
  done: Boolean!
  id: ID!
  query: QueryRoot
}

type LineItem implements Node {
  currentQuantity: Int!
  customAttributes: [Attribute!]!
  discountAllocations: [DiscountAllocation!]!
  discountedTotalSet(withCodeDiscounts: Boolean = false): MoneyBag!
  discountedUnitPriceAfterAllDiscountsSet: MoneyBag!
  id: ID!
  image(crop: CropRegion @deprecated, maxHeight: Int @deprecated, maxWidth: Int @deprecated, scale: Int = 1 @deprecated): Image
  isGiftCard: Boolean!
  name: String!
  nonFulfillableQuantity: Int!
  originalTotalSet: MoneyBag!
  originalUnitPriceSet: MoneyBag!
  product: Product
  quantity: Int!
  refundableQuantity: Int!
  requiresShipping: Boolean!
  restockable: Boolean!
  sku: String
  taxLines(first: Int): [TaxLine!]!
  taxable: Boolean!
  title: String!
  totalDiscountSet: MoneyBag!
  unfulfilledQuantity: Int!
  variant: ProductVariant
  variantTitle: String
  vendor: String
  weight: Weight
}

type LineItemConnection {
  edges: [LineItemEdge!]!
  nodes: [LineItem!]!
  pageInfo: PageInfo!
}

type LineItemEdge {
  cursor: String!
  node: LineItem!
}

input LocalizationExtensionInput {
  key: LocalizationExtensionKey!
  value: String!
}

enum LocalizationExtensionKey {
  SHIPPING_CREDENTIAL_BR
  SHIPPING_CREDENTIAL_CL
  SHIPPING_CREDENTIAL_CN
  SHIPPING_CREDENTIAL_CO
  SHIPPING_CREDENTIAL_CR
  SHIPPING_CREDENTIAL_EC
  SHIPPING_CREDENTIAL_ES
  SHIPPING_CREDENTIAL_GT
  SHIPPING_CREDENTIAL_ID
  SHIPPING_CREDENTIAL_KR
  SHIPPING_CREDENTIAL_MX
  SHIPPING_CREDENTIAL_MY
  SHIPPING_CREDENTIAL_PE
  SHIPPING_CREDENTIAL_PT
  SHIPPING_CREDENTIAL_PY
  SHIPPING_CREDENTIAL_TR
  SHIPPING_CREDENTIAL_TW
  SHIPPING_CREDENTIAL_TYPE_CO
  TAX_CREDENTIAL_BR
  TAX_CREDENTIAL_CL
  TAX_CREDENTIAL_CO
  TAX_CREDENTIAL_CR
  TAX_CREDENTIAL_EC
  TAX_CREDENTIAL_ES
  TAX_CREDENTIAL_GT
  TAX_CREDENTIAL_ID
  TAX_CREDENTIAL_IT
  TAX_CREDENTIAL_MX
  TAX_CREDENTIAL_MY
  TAX_CREDENTIAL_PE
  TAX_CREDENTIAL_PT
  TAX_CREDENTIAL_PY
  TAX_CREDENTIAL_TR
  TAX_CREDENTIAL_TYPE_CO
  TAX_CREDENTIAL_TYPE_MX
  TAX_CREDENTIAL_USE_MX
  TAX_EMAIL_IT
}

input LocalizedFieldInput {
  key: LocalizedFieldKey!
  value: String!
}

enum LocalizedFieldKey {
  SHIPPING_CREDENTIAL_BR
  SHIPPING_CREDENTIAL_CL
  SHIPPING_CREDENTIAL_CN
  SHIPPING_CREDENTIAL_CO
  SHIPPING_CREDENTIAL_CR
  SHIPPING_CREDENTIAL_EC
  SHIPPING_CREDENTIAL_ES
  SHIPPING_CREDENTIAL_GT
  SHIPPING_CREDENTIAL_ID
  SHIPPING_CREDENTIAL_KR
  SHIPPING_CREDENTIAL_MX
  SHIPPING_CREDENTIAL_MY
  SHIPPING_CREDENTIAL_PE
  SHIPPING_CREDENTIAL_PT
  SHIPPING_CREDENTIAL_PY
  SHIPPING_CREDENTIAL_TR
  SHIPPING_CREDENTIAL_TW
  SHIPPING_CREDENTIAL_TYPE_CO
  TAX_CREDENTIAL_BR
  TAX_CREDENTIAL_CL
  TAX_CREDENTIAL_CO
  TAX_CREDENTIAL_CR
  TAX_CREDENTIAL_EC
  TAX_CREDENTIAL_ES
  TAX_CREDENTIAL_GT
  TAX_CREDENTIAL_ID
  TAX_CREDENTIAL_IT
  TAX_CREDENTIAL_MX
  TAX_CREDENTIAL_MY
  TAX_CREDENTIAL_PE
  TAX_CREDENTIAL_PT
  TAX_CREDENTIAL_PY
  TAX_CREDENTIAL_TR
  TAX_CREDENTIAL_TYPE_CO
  TAX_CREDENTIAL_TYPE_MX
  TAX_CREDENTIAL_USE_MX
  TAX_EMAIL_IT
}

type Location implements Node {
  address: LocationAddress!
  fulfillsOnlineOrders: Boolean!
  hasActiveInventory: Boolean!
  id: ID!
  isActive: Boolean!
  legacyResourceId: UnsignedInt64!
  name: String!
  shipsInventory: Boolean!
}

type LocationAddress {
  address1: String
  address2: String
  city: String
  country: String
  countryCode: String
  phone: String
  province: String
  provinceCode: String
  zip: String
}

type LocationConnection {
  nodes: [Location!]!
  pageInfo: PageInfo!
}

enum LocationSortKeys {
  ID
  NAME
  RELEVANCE
}

type MailingAddress implements Node {
  address1: String
  address2: String
  city: String
  company: String
  country: String
  countryCodeV2: CountryCode
  firstName: String
  id: ID!
  lastName: String
  name: String
  phone: String
  province: String
  provinceCode: String
  zip: String
}

input MailingAddressInput {
  address1: String
  address2: String
  city: String
  company: String
  country: String @deprecated
  countryCode: CountryCode
  firstName: String
  id: ID @deprecated
  lastName: String
  phone: String
  province: String @deprecated
  provinceCode: String
  zip: String
}

type ManualDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  description: String
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

input MetafieldInput {
  id: ID
  key: String
  namespace: String
  type: String
  value: String
}

scalar Money

type MoneyBag {
  presentmentMoney: MoneyV2!
  shopMoney: MoneyV2!
}

input MoneyInput {
  amount: Decimal!
  currencyCode: CurrencyCode!
}

type MoneyV2 {
  amount: Decimal!
  currencyCode: CurrencyCode!
}

type Mutation {
  bulkOperationCancel(id: ID!): BulkOperationCancelPayload
  bulkOperationRunQuery(groupObjects: Boolean! = false, query: String!): BulkOperationRunQueryPayload
  fulfillmentCancel(id: ID!): FulfillmentCancelPayload
  fulfillmentCreate(fulfillment: FulfillmentInput!, message: String): FulfillmentCreatePayload
  fulfillmentEventCreate(fulfillmentEvent: FulfillmentEventInput!): FulfillmentEventCreatePayload
  fulfillmentOrderHold(fulfillmentHold: FulfillmentOrderHoldInput!, id: ID!): FulfillmentOrderHoldPayload
  fulfillmentOrderMove(fulfillmentOrderLineItems: [FulfillmentOrderLineItemInput!], id: ID!, newLocationId: ID!): FulfillmentOrderMovePayload
  fulfillmentOrderReleaseHold(externalId: String, holdIds: [ID!], id: ID!): FulfillmentOrderReleaseHoldPayload
  fulfillmentTrackingInfoUpdate(fulfillmentId: ID!, notifyCustomer: Boolean, trackingInfoInput: FulfillmentTrackingInput!): FulfillmentTrackingInfoUpdatePayload
  orderCancel(notifyCustomer: Boolean = false, orderId: ID!, reason: OrderCancelReason!, refund: Boolean @deprecated, refundMethod: OrderCancelRefundMethodInput, restock: Boolean!, staffNote: String = null): OrderCancelPayload
  orderMarkAsPaid(input: OrderMarkAsPaidInput!): OrderMarkAsPaidPayload
  orderUpdate(input: OrderInput!): OrderUpdatePayload
  refundCreate(input: RefundInput!): RefundCreatePayload
  removeFromReturn(exchangeLineItems: [ExchangeLineItemRemoveFromReturnInput!], returnId: ID!, returnLineItems: [ReturnLineItemRemoveFromReturnInput!]): RemoveFromReturnPayload
  returnApproveRequest(input: ReturnApproveRequestInput!): ReturnApproveRequestPayload
  returnCancel(id: ID!, notifyCustomer: Boolean = false @deprecated): ReturnCancelPayload
  returnClose(id: ID!): ReturnClosePayload
  returnCreate(returnInput: ReturnInput!): ReturnCreatePayload
  returnDeclineRequest(input: ReturnDeclineRequestInput!): ReturnDeclineRequestPayload
  returnProcess(input: ReturnProcessInput!): ReturnProcessPayload
  returnReopen(id: ID!): ReturnReopenPayload
  returnRequest(input: ReturnRequestInput!): ReturnRequestPayload
  reverseDeliveryCreateWithShipping(labelInput: ReverseDeliveryLabelInput = null, notifyCustomer: Boolean = true, reverseDeliveryLineItems: [ReverseDeliveryLineItemInput!]!, reverseFulfillmentOrderId: ID!, trackingInput: ReverseDeliveryTrackingInput = null): ReverseDeliveryCreateWithShippingPayload
  reverseDeliveryShippingUpdate(labelInput: ReverseDeliveryLabelInput = null, notifyCustomer: Boolean = true, reverseDeliveryId: ID!, trackingInput: ReverseDeliveryTrackingInput = null): ReverseDeliveryShippingUpdatePayload
  reverseFulfillmentOrderDispose(dispositionInputs: [ReverseFulfillmentOrderDisposeInput!]!): ReverseFulfillmentOrderDisposePayload
  tagsAdd(id: ID!, tags: [String!]!): TagsAddPayload
  tagsRemove(id: ID!, tags: [String!]!): TagsRemovePayload
  webhookSubscriptionCreate(topic: WebhookSubscriptionTopic!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionCreatePayload
  webhookSubscriptionDelete(id: ID!): WebhookSubscriptionDeletePayload
  webhookSubscriptionUpdate(id: ID!, webhookSubscription: WebhookSubscriptionInput!): WebhookSubscriptionUpdatePayload
}

interface Node {
  id: ID!
}

type Order implements Node {
  billingAddress: MailingAddress
  canMarkAsPaid: Boolean!
  cancelReason: OrderCancelReason
  cancelledAt: DateTime
  closed: Boolean!
  closedAt: DateTime
  confirmationNumber: String
  confirmed: Boolean!
  createdAt: DateTime!
  currencyCode: CurrencyCode!
  currentSubtotalPriceSet: MoneyBag!
  currentTotalDiscountsSet: MoneyBag!
  currentTotalPriceSet: MoneyBag!
  currentTotalTaxSet: MoneyBag!
  customAttributes: [Attribute!]!
  customer: Customer
  customerLocale: String
  discountApplications(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): DiscountApplicationConnection!
  discountCodes: [String!]!
  displayFinancialStatus: OrderDisplayFinancialStatus
  displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  dutiesIncluded: Boolean!
  edited: Boolean!
  email: String
  fulfillable: Boolean!
  fulfillmentOrders(after: String, before: String, displayable: Boolean = false, first: Int, last: Int, query: String, reverse: Boolean = false): FulfillmentOrderConnection!
  fulfillments(first: Int, query: String): [Fulfillment!]!
  fullyPaid: Boolean!
  id: ID!
  legacyResourceId: UnsignedInt64!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): LineItemConnection!
  name: String!
  netPaymentSet: MoneyBag!
  note: String
  number: Int!
  originalTotalDutiesSet: MoneyBag
  originalTotalPriceSet: MoneyBag!
  paymentGatewayNames: [String!]!
  phone: String
  poNumber: String
  presentmentCurrencyCode: CurrencyCode!
  processedAt: DateTime!
  refundable: Boolean!
  refunds(first: Int): [Refund!]!
  restockable: Boolean!
  returnStatus: OrderReturnStatus!
  returns(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false): ReturnConnection!
  shippingAddress: MailingAddress
  shippingLines(after: String, before: String, first: Int, includeRemovals: Boolean = false, last: Int, reverse: Boolean = false): ShippingLineConnection!
  sourceIdentifier: String
  sourceName: String
  subtotalPriceSet: MoneyBag
  suggestedRefund(refundDuties: [RefundDutyInput!], refundLineItems: [RefundLineItemInput!], refundMethodAllocation: RefundMethodAllocation = ORIGINAL_PAYMENT_METHODS, refundShipping: Boolean, shippingAmount: Money, suggestFullRefund: Boolean = false): SuggestedRefund
  tags: [String!]!
  taxExempt: Boolean!
  taxLines: [TaxLine!]!
  taxesIncluded: Boolean!
  test: Boolean!
  totalDiscountsSet: MoneyBag
  totalOutstandingSet: MoneyBag!
  totalPriceSet: MoneyBag!
  totalReceivedSet: MoneyBag!
  totalRefundedSet: MoneyBag!
  totalShippingPriceSet: MoneyBag!
  totalTaxSet: MoneyBag
  totalTipReceivedSet: MoneyBag!
  transactions(capturable: Boolean, first: Int, manuallyResolvable: Boolean): [OrderTransaction!]!
  updatedAt: DateTime!
}

type OrderAdjustment implements Node {
  amountSet: MoneyBag!
  id: ID!
  reason: OrderAdjustmentDiscrepancyReason
  taxAmountSet: MoneyBag!
}

type OrderAdjustmentConnection {
  nodes: [OrderAdjustment!]!
}

enum OrderAdjustmentDiscrepancyReason {
  CUSTOMER
  DAMAGE
  FULL_RETURN_BALANCING_ADJUSTMENT
  PENDING_REFUND_DISCREPANCY
  REFUND_DISCREPANCY
  RESTOCK
}

enum OrderAdjustmentInputDiscrepancyReason {
  CUSTOMER
  DAMAGE
  OTHER
  RESTOCK
}

type OrderCancelPayload {
  job: Job
  orderCancelUserErrors: [OrderCancelUserError!]!
}

enum OrderCancelReason {
  CUSTOMER
  DECLINED
  FRAUD
  INVENTORY
  OTHER
  STAFF
}

input OrderCancelRefundMethodInput @oneOf {
  originalPaymentMethodsRefund: Boolean
  storeCreditRefund: OrderCancelStoreCreditRefundInput
}

input OrderCancelStoreCreditRefundInput {
  expiresAt: DateTime
}

type OrderCancelUserError {
  code: OrderCancelUserErrorCode
  field: [String!]
  message: String!
}

enum OrderCancelUserErrorCode {
  INTERNAL_ERROR
  INVALID
  NOT_FOUND
  NO_REFUND_PERMISSION
  NO_REFUND_TO_STORE_CREDIT_PERMISSION
  STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED
  STORE_CREDIT_REFUND_EXPIRATION_IN_PAST
  STORE_CREDIT_REFUND_MISSING_CUSTOMER
}

type OrderConnection {
  edges: [OrderEdge!]!
  nodes: [Order!]!
  pageInfo: PageInfo!
}

enum OrderDisplayFinancialStatus {
  AUTHORIZED
  EXPIRED
  PAID
  PARTIALLY_PAID
  PARTIALLY_REFUNDED
  PENDING
  REFUNDED
  VOIDED
}

enum OrderDisplayFulfillmentStatus {
  FULFILLED
  FULFILLMENT_NOT_REQUIRED
  IN_PROGRESS
  ON_HOLD
  OPEN
  PARTIALLY_FULFILLED
  PENDING_FULFILLMENT
  REQUEST_DECLINED
  RESTOCKED
  SCHEDULED
  UNFULFILLED
}

type OrderEdge {
  cursor: String!
  node: Order!
}

input OrderInput {
  customAttributes: [AttributeInput!]
  email: String
  id: ID!
  localizationExtensions: [LocalizationExtensionInput!] @deprecated
  localizedFields: [LocalizedFieldInput!]
  metafields: [MetafieldInput!]
  note: String
  phone: String
  poNumber: String
  shippingAddress: MailingAddressInput
  tags: [String!]
}

input OrderMarkAsPaidInput {
  id: ID!
}

type OrderMarkAsPaidPayload {
  order: Order
  userErrors: [UserError!]!
}

enum OrderReturnStatus {
  INSPECTION_COMPLETE
  IN_PROGRESS
  NO_RETURN
  RETURNED
  RETURN_FAILED
  RETURN_REQUESTED
}

enum OrderSortKeys {
  CREATED_AT
  CURRENT_TOTAL_PRICE
  CUSTOMER_NAME
  DESTINATION
  FINANCIAL_STATUS
  FULFILLMENT_STATUS
  ID
  ORDER_NUMBER
  PO_NUMBER
  PROCESSED_AT
  RELEVANCE
  TOTAL_ITEMS_QUANTITY
  TOTAL_PRICE
  UPDATED_AT
}

type OrderTransaction implements Node {
  amountSet: MoneyBag!
  authorizationExpiresAt: DateTime
  createdAt: DateTime!
  errorCode: OrderTransactionErrorCode
  formattedGateway: String
  gateway: String
  id: ID!
  kind: OrderTransactionKind!
  manualPaymentGateway: Boolean!
  maximumRefundableV2: MoneyV2
  parentTransaction: OrderTransaction
  paymentId: String
  processedAt: DateTime
  status: OrderTransactionStatus!
  test: Boolean!
}

type OrderTransactionConnection {
  nodes: [OrderTransaction!]!
}

enum OrderTransactionErrorCode {
  AMAZON_PAYMENTS_INVALID_PAYMENT_METHOD
  AMAZON_PAYMENTS_MAX_AMOUNT_CHARGED
  AMAZON_PAYMENTS_MAX_AMOUNT_REFUNDED
  AMAZON_PAYMENTS_MAX_AUTHORIZATIONS_CAPTURED
  AMAZON_PAYMENTS_MAX_REFUNDS_PROCESSED
  AMAZON_PAYMENTS_ORDER_REFERENCE_CANCELED
  AMAZON_PAYMENTS_STALE
  AMOUNT_TOO_LARGE
  AMOUNT_TOO_SMALL
  AUTHENTICATION_FAILED
  AUTHENTICATION_REQUIRED
  AUTHORIZATION_EXPIRED
  CALL_ISSUER
  CANCELLED_PAYMENT
  CARD_DECLINED
  CARD_TESTING
  CONFIG_ERROR
  DO_NOT_HONOR
  EXPIRED_CARD
  FRAUD_SUSPECTED
  GENERIC_ERROR
  INCORRECT_ADDRESS
  INCORRECT_CVC
  INCORRECT_NUMBER
  INCORRECT_PIN
  INCORRECT_ZIP
  INSTRUMENT_DECLINED
  INSUFFICIENT_FUNDS
  INVALID_AMOUNT
  INVALID_COUNTRY
  INVALID_CURRENCY
  INVALID_CVC
  INVALID_EXPIRY_DATE
  INVALID_NUMBER
  INVALID_PAYMENT_METHOD
  INVALID_PURCHASE_TYPE
  MERCHANT_ACCOUNT_ERROR
  MERCHANT_RULE
  PAYMENT_METHOD_UNAVAILABLE
  PAYMENT_METHOD_UNSUPPORTED
  PAYMENT_PROVIDER_ERROR
  PICK_UP_CARD
  PROCESSING_ERROR
  RETRY_DECLINED
  TEST_MODE_LIVE_CARD
  TRANSACTION_LIMIT_EXCEEDED
  UNSUPPORTED_FEATURE
}

input OrderTransactionInput {
  amount: Money!
  gateway: String!
  kind: OrderTransactionKind!
  orderId: ID!
  parentId: ID
}

enum OrderTransactionKind {
  AUTHORIZATION
  CAPTURE
  CHANGE
  EMV_AUTHORIZATION
  REFUND
  SALE
  SUGGESTED_REFUND
  VOID
}

enum OrderTransactionStatus {
  AWAITING_RESPONSE
  ERROR
  FAILURE
  PENDING
  SUCCESS
  UNKNOWN
}

type OrderUpdatePayload {
  order: Order
  userErrors: [UserError!]!
}

type PageInfo {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}

type PricingPercentageValue {
  percentage: Float!
}

union PricingValue = MoneyV2 | PricingPercentageValue

type Product implements Node {
  handle: String!
  id: ID!
  legacyResourceId: UnsignedInt64!
  status: ProductStatus!
  title: String!
}

enum ProductStatus {
  ACTIVE
  ARCHIVED
  DRAFT
  UNLISTED
}

type ProductVariant implements Node {
  barcode: String
  compareAtPrice: Money
  displayName: String!
  id: ID!
  inventoryItem: InventoryItem!
  inventoryQuantity: Int
  legacyResourceId: UnsignedInt64!
  price: Money!
  product: Product!
  sku: String
  title: String!
  updatedAt: DateTime!
}

type ProductVariantConnection {
  nodes: [ProductVariant!]!
  pageInfo: PageInfo!
}

enum ProductVariantSortKeys {
  FULL_TITLE
  ID
  INVENTORY_LEVELS_AVAILABLE
  INVENTORY_MANAGEMENT
  INVENTORY_POLICY
  INVENTORY_QUANTITY
  NAME
  POPULAR
  POSITION
  RELEVANCE
  SKU
  TITLE
}

type QueryRoot {
  bulkOperation(id: ID!): BulkOperation
  bulkOperations(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, sortKey: BulkOperationsSortKeys = CREATED_AT): BulkOperationConnection!
  currentAppInstallation: AppInstallation!
  fulfillment(id: ID!): Fulfillment
  fulfillmentOrder(id: ID!): FulfillmentOrder
  fulfillmentOrders(after: String, before: String, first: Int, includeClosed: Boolean = false, last: Int, query: String, reverse: Boolean = false, sortKey: FulfillmentOrderSortKeys = ID): FulfillmentOrderConnection!
  job(id: ID!): Job
  locations(after: String, before: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false, last: Int, query: String, reverse: Boolean = false, sortKey: LocationSortKeys = NAME): LocationConnection!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  order(id: ID!): Order
  orders(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  ordersCount(limit: Int = 10000, query: String, savedSearchId: ID): Count
  productVariants(after: String, before: String, first: Int, last: Int, query: String, reverse: Boolean = false, savedSearchId: ID, sortKey: ProductVariantSortKeys = ID): ProductVariantConnection!
  refund(id: ID!): Refund
  return(id: ID!): Return
  returnReasonDefinitions(after: String, before: String, first: Int, handles: [String!], ids: [ID!], last: Int, query: String, reverse: Boolean = false, sortKey: ReturnReasonDefinitionSortKeys = ID): ReturnReasonDefinitionConnection!
  returnableFulfillment(id: ID!): ReturnableFulfillment
  returnableFulfillments(after: String, before: String, first: Int, last: Int, orderId: ID!, reverse: Boolean = false): ReturnableFulfillmentConnection!
  reverseDelivery(id: ID!): ReverseDelivery
  reverseFulfillmentOrder(id: ID!): ReverseFulfillmentOrder
  shop: Shop!
  webhookSubscription(id: ID!): WebhookSubscription
  webhookSubscriptions(after: String, before: String, callbackUrl: URL @deprecated, first: Int, format: WebhookSubscriptionFormat, last: Int, query: String, reverse: Boolean = false, sortKey: WebhookSubscriptionSortKeys = CREATED_AT, topics: [WebhookSubscriptionTopic!], uri: String): WebhookSubscriptionConnection!
}

type Refund implements Node {
  createdAt: DateTime
  id: ID!
  legacyResourceId: UnsignedInt64!
  note: String
  order: Order!
  orderAdjustments(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderAdjustmentConnection!
  processedAt: DateTime!
  refundLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundLineItemConnection!
  refundShippingLines(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundShippingLineConnection!
  return: Return
  totalRefundedSet: MoneyBag!
  transactions(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): OrderTransactionConnection!
  updatedAt: DateTime!
}

type RefundConnection {
  nodes: [Refund!]!
}

type RefundCreatePayload {
  order: Order
  refund: Refund
  userErrors: [UserError!]!
}

input RefundDutyInput {
  dutyId: ID!
  refundType: RefundDutyRefundType
}

enum RefundDutyRefundType {
  FULL
  PROPORTIONAL
}

input RefundInput {
  allowOverRefunding: Boolean = false
  currency: CurrencyCode
  discrepancyReason: OrderAdjustmentInputDiscrepancyReason
  note: String
  notify: Boolean
  orderId: ID!
  processedAt: DateTime
  refundDuties: [RefundDutyInput!]
  refundLineItems: [RefundLineItemInput!]
  refundMethods: [RefundMethodInput!] = []
  shipping: ShippingRefundInput
  transactions: [OrderTransactionInput!]
}

type RefundLineItem {
  id: ID
  lineItem: LineItem!
  location: Location
  priceSet: MoneyBag!
  quantity: Int!
  restockType: RefundLineItemRestockType!
  restocked: Boolean!
  subtotalSet: MoneyBag!
  totalTaxSet: MoneyBag!
}

type RefundLineItemConnection {
  nodes: [RefundLineItem!]!
  pageInfo: PageInfo!
}

input RefundLineItemInput {
  lineItemId: ID!
  locationId: ID
  quantity: Int!
  restockType: RefundLineItemRestockType
}

enum RefundLineItemRestockType {
  CANCEL
  LEGACY_RESTOCK
  NO_RESTOCK
  RETURN
}

enum RefundMethodAllocation {
  ORIGINAL_PAYMENT_METHODS
  STORE_CREDIT
}

input RefundMethodInput @oneOf {
  storeCreditRefund: StoreCreditRefundInput
}

type RefundReturnOutcome {
  amount: MoneyBag!
  suggestedTransactions: [SuggestedOrderTransaction!]!
}

input RefundShippingInput {
  fullRefund: Boolean = false
  shippingRefundAmount: MoneyInput
}

type RefundShippingLine implements Node {
  id: ID!
  shippingLine: ShippingLine!
  subtotalAmountSet: MoneyBag!
  taxAmountSet: MoneyBag!
}

type RefundShippingLineConnection {
  nodes: [RefundShippingLine!]!
}

type RemoveFromReturnPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type RestockingFee {
  amountSet: MoneyBag!
  id: ID!
  percentage: Float!
}

input RestockingFeeInput {
  percentage: Float!
}

type Return implements Node {
  closedAt: DateTime
  createdAt: DateTime!
  decline: ReturnDecline
  exchangeLineItems(after: String, before: String, first: Int, includeRemovedItems: Boolean = false, last: Int, processingStatus: ReturnProcessingStatusFilterInput, reverse: Boolean = false): ExchangeLineItemConnection!
  id: ID!
  name: String!
  order: Order!
  refunds(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): RefundConnection!
  requestApprovedAt: DateTime
  returnLineItems(after: String, before: String, first: Int, last: Int, processingStatus: ReturnProcessingStatusFilterInput, reverse: Boolean = false): ReturnLineItemTypeConnection!
  returnShippingFees: [ReturnShippingFee!]!
  reverseFulfillmentOrders(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseFulfillmentOrderConnection!
  status: ReturnStatus!
  suggestedFinancialOutcome(exchangeLineItems: [SuggestedOutcomeExchangeLineItemInput!]!, refundDuties: [RefundDutyInput!], refundMethodAllocation: RefundMethodAllocation = ORIGINAL_PAYMENT_METHODS, refundShipping: RefundShippingInput, returnLineItems: [SuggestedOutcomeReturnLineItemInput!]!, tipLineId: ID): SuggestedReturnFinancialOutcome
  totalQuantity: Int!
}

input ReturnApproveRequestInput {
  id: ID!
  notifyCustomer: Boolean = false
  unprocessed: Boolean = false @deprecated
}

type ReturnApproveRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnCancelPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnClosePayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnConnection {
  edges: [ReturnEdge!]!
  nodes: [Return!]!
  pageInfo: PageInfo!
}

type ReturnCreatePayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnDecline {
  note: String
  reason: ReturnDeclineReason!
}

enum ReturnDeclineReason {
  FINAL_SALE
  OTHER
  RETURN_PERIOD_ENDED
}

input ReturnDeclineRequestInput {
  declineNote: String
  declineReason: ReturnDeclineReason!
  id: ID!
  notifyCustomer: Boolean = false
}

type ReturnDeclineRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnEdge {
  cursor: String!
  node: Return!
}

enum ReturnErrorCode {
  ALREADY_EXISTS
  BLANK
  CREATION_FAILED
  EQUAL_TO
  FEATURE_NOT_ENABLED
  GREATER_THAN
  GREATER_THAN_OR_EQUAL_TO
  INCLUSION
  INCOMPATIBLE_WITH_STANDARD_POLICY
  INTERNAL_ERROR
  INVALID
  INVALID_STATE
  LESS_THAN
  LESS_THAN_OR_EQUAL_TO
  MISSING_PERMISSION
  NOTIFICATION_FAILED
  NOT_A_NUMBER
  NOT_EDITABLE
  NOT_FOUND
  PRESENT
  TAKEN
  TOO_BIG
  TOO_LONG
  TOO_MANY_ARGUMENTS
  TOO_SHORT
  WRONG_LENGTH
}

input ReturnInput {
  exchangeLineItems: [ExchangeLineItemInput!]
  notifyCustomer: Boolean = false @deprecated
  orderId: ID!
  requestedAt: DateTime
  returnLineItems: [ReturnLineItemInput!]!
  returnShippingFee: ReturnShippingFeeInput
  unprocessed: Boolean = false @deprecated
}

type ReturnLineItem implements Node & ReturnLineItemType {
  customerNote: String
  fulfillmentLineItem: FulfillmentLineItem!
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  restockingFee: RestockingFee
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  unprocessedQuantity: Int!
  withCodeDiscountedTotalPriceSet: MoneyBag!
}

input ReturnLineItemInput {
  fulfillmentLineItemId: ID!
  quantity: Int!
  restockingFee: RestockingFeeInput
  returnReason: ReturnReason @deprecated
  returnReasonDefinitionId: ID
  returnReasonNote: String = ""
}

input ReturnLineItemRemoveFromReturnInput {
  quantity: Int!
  returnLineItemId: ID!
}

interface ReturnLineItemType implements Node {
  customerNote: String
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  unprocessedQuantity: Int!
}

type ReturnLineItemTypeConnection {
  edges: [ReturnLineItemTypeEdge!]!
  nodes: [ReturnLineItemType!]!
  pageInfo: PageInfo!
}

type ReturnLineItemTypeEdge {
  cursor: String!
  node: ReturnLineItemType!
}

union ReturnOutcomeFinancialTransfer = InvoiceReturnOutcome | RefundReturnOutcome

input ReturnProcessExchangeLineItemInput {
  id: ID!
  quantity: Int!
}

input ReturnProcessFinancialTransferInput @oneOf {
  issueRefund: ReturnProcessRefundInput
}

input ReturnProcessInput {
  exchangeLineItems: [ReturnProcessExchangeLineItemInput!] = []
  financialTransfer: ReturnProcessFinancialTransferInput
  note: String
  notifyCustomer: Boolean = false
  refundDuties: [RefundDutyInput!] = []
  refundShipping: RefundShippingInput
  returnId: ID!
  returnLineItems: [ReturnProcessReturnLineItemInput!] = []
  tipLineId: ID
}

type ReturnProcessPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

input ReturnProcessRefundInput {
  allowOverRefunding: Boolean = false
  orderTransactions: [ReturnRefundOrderTransactionInput!]!
  refundMethods: [RefundMethodInput!] = []
}

input ReturnProcessReturnLineItemInput {
  dispositions: [ReverseFulfillmentOrderDisposeInput!]
  id: ID!
  quantity: Int!
}

enum ReturnProcessingStatusFilterInput {
  PROCESSABLE
  PROCESSED
}

enum ReturnReason {
  COLOR
  DEFECTIVE
  NOT_AS_DESCRIBED
  OTHER
  SIZE_TOO_LARGE
  SIZE_TOO_SMALL
  STYLE
  UNKNOWN
  UNWANTED
  WRONG_ITEM
}

type ReturnReasonDefinition implements Node {
  deleted: Boolean!
  handle: String!
  id: ID!
  name: String!
}

type ReturnReasonDefinitionConnection {
  nodes: [ReturnReasonDefinition!]!
  pageInfo: PageInfo!
}

enum ReturnReasonDefinitionSortKeys {
  HANDLE
  ID
  NAME
}

input ReturnRefundOrderTransactionInput {
  parentId: ID!
  transactionAmount: MoneyInput!
}

type ReturnReopenPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

input ReturnRequestInput {
  orderId: ID!
  returnLineItems: [ReturnRequestLineItemInput!]!
  returnShippingFee: ReturnShippingFeeInput
}

input ReturnRequestLineItemInput {
  customerNote: String
  fulfillmentLineItemId: ID!
  quantity: Int!
  restockingFee: RestockingFeeInput
  returnReason: ReturnReason @deprecated
  returnReasonDefinitionId: ID
}

type ReturnRequestPayload {
  return: Return
  userErrors: [ReturnUserError!]!
}

type ReturnShippingFee {
  amountSet: MoneyBag!
  id: ID!
}

input ReturnShippingFeeInput {
  amount: MoneyInput!
}

enum ReturnStatus {
  CANCELED
  CLOSED
  DECLINED
  OPEN
  REQUESTED
}

type ReturnUserError {
  code: ReturnErrorCode
  field: [String!]
  message: String!
}

type ReturnableFulfillment implements Node {
  fulfillment: Fulfillment!
  id: ID!
  returnableFulfillmentLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReturnableFulfillmentLineItemConnection!
}

type ReturnableFulfillmentConnection {
  nodes: [ReturnableFulfillment!]!
  pageInfo: PageInfo!
}

type ReturnableFulfillmentLineItem {
  fulfillmentLineItem: FulfillmentLineItem!
  quantity: Int!
}

type ReturnableFulfillmentLineItemConnection {
  nodes: [ReturnableFulfillmentLineItem!]!
  pageInfo: PageInfo!
}

type ReverseDelivery implements Node {
  deliverable: ReverseDeliveryDeliverable
  id: ID!
  reverseDeliveryLineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseDeliveryLineItemConnection!
  reverseFulfillmentOrder: ReverseFulfillmentOrder!
}

type ReverseDeliveryConnection {
  nodes: [ReverseDelivery!]!
}

type ReverseDeliveryCreateWithShippingPayload {
  reverseDelivery: ReverseDelivery
  userErrors: [ReturnUserError!]!
}

union ReverseDeliveryDeliverable = ReverseDeliveryShippingDeliverable

input ReverseDeliveryLabelInput {
  fileUrl: URL!
}

type ReverseDeliveryLabelV2 {
  createdAt: DateTime!
  publicFileUrl: URL
  updatedAt: DateTime!
}

type ReverseDeliveryLineItem implements Node {
  id: ID!
  quantity: Int!
  reverseFulfillmentOrderLineItem: ReverseFulfillmentOrderLineItem!
}

type ReverseDeliveryLineItemConnection {
  nodes: [ReverseDeliveryLineItem!]!
}

input ReverseDeliveryLineItemInput {
  quantity: Int!
  reverseFulfillmentOrderLineItemId: ID!
}

type ReverseDeliveryShippingDeliverable {
  label: ReverseDeliveryLabelV2
  tracking: ReverseDeliveryTrackingV2
}

type ReverseDeliveryShippingUpdatePayload {
  reverseDelivery: ReverseDelivery
  userErrors: [ReturnUserError!]!
}

input ReverseDeliveryTrackingInput {
  number: String
  url: URL
}

type ReverseDeliveryTrackingV2 {
  carrierName: String
  number: String
  url: URL
}

type ReverseFulfillmentOrder implements Node {
  id: ID!
  lineItems(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseFulfillmentOrderLineItemConnection!
  order: Order
  reverseDeliveries(after: String, before: String, first: Int, last: Int, reverse: Boolean = false): ReverseDeliveryConnection!
  status: ReverseFulfillmentOrderStatus!
}

type ReverseFulfillmentOrderConnection {
  edges: [ReverseFulfillmentOrderEdge!]!
  nodes: [ReverseFulfillmentOrder!]!
}

input ReverseFulfillmentOrderDisposeInput {
  dispositionType: ReverseFulfillmentOrderDispositionType!
  locationId: ID
  quantity: Int!
  reverseFulfillmentOrderLineItemId: ID!
}

type ReverseFulfillmentOrderDisposePayload {
  reverseFulfillmentOrderLineItems: [ReverseFulfillmentOrderLineItem!]
  userErrors: [ReturnUserError!]!
}

type ReverseFulfillmentOrderDisposition implements Node {
  createdAt: DateTime!
  id: ID!
  location: Location
  quantity: Int!
  type: ReverseFulfillmentOrderDispositionType!
}

enum ReverseFulfillmentOrderDispositionType {
  MISSING
  NOT_RESTOCKED
  PROCESSING_REQUIRED
  RESTOCKED
}

type ReverseFulfillmentOrderEdge {
  cursor: String!
  node: ReverseFulfillmentOrder!
}

type ReverseFulfillmentOrderLineItem implements Node {
  dispositions: [ReverseFulfillmentOrderDisposition!]!
  fulfillmentLineItem: FulfillmentLineItem
  id: ID!
  totalQuantity: Int!
}

type ReverseFulfillmentOrderLineItemConnection {
  nodes: [ReverseFulfillmentOrderLineItem!]!
  pageInfo: PageInfo!
}

enum ReverseFulfillmentOrderStatus {
  CANCELED
  CLOSED
  OPEN
}

type ScriptDiscountApplication implements DiscountApplication {
  allocationMethod: DiscountApplicationAllocationMethod!
  index: Int!
  targetSelection: DiscountApplicationTargetSelection!
  targetType: DiscountApplicationTargetType!
  title: String!
  value: PricingValue!
}

type ShippingLine {
  carrierIdentifier: String
  code: String
  discountAllocations: [DiscountAllocation!]!
  discountedPriceSet: MoneyBag!
  id: ID
  isRemoved: Boolean!
  originalPriceSet: MoneyBag!
  source: String
  taxLines: [TaxLine!]!
  title: String!
}

type ShippingLineConnection {
  edges: [ShippingLineEdge!]!
  nodes: [ShippingLine!]!
}

type ShippingLineEdge {
  node: ShippingLine!
}

type ShippingRefund {
  amountSet: MoneyBag!
  maximumRefundableSet: MoneyBag!
  taxSet: MoneyBag!
}

input ShippingRefundInput {
  amount: Money
  fullRefund: Boolean
}

type Shop implements Node {
  currencyCode: CurrencyCode!
  enabledPresentmentCurrencies: [CurrencyCode!]!
  ianaTimezone: String!
  id: ID!
  myshopifyDomain: String!
  name: String!
  plan: ShopPlan!
  url: URL!
}

type ShopPlan {
  partnerDevelopment: Boolean!
  publicDisplayName: String!
  shopifyPlus: Boolean!
}

input StoreCreditRefundInput {
  amount: MoneyInput!
  expiresAt: DateTime
}

type SuggestedOrderTransaction {
  amountSet: MoneyBag!
  gateway: String
  kind: SuggestedOrderTransactionKind!
  maximumRefundableSet: MoneyBag
  parentTransaction: OrderTransaction
}

enum SuggestedOrderTransactionKind {
  SUGGESTED_REFUND
}

input SuggestedOutcomeExchangeLineItemInput {
  id: ID!
  quantity: Int!
}

input SuggestedOutcomeReturnLineItemInput {
  id: ID!
  quantity: Int!
}

type SuggestedRefund {
  amountSet: MoneyBag!
  maximumRefundableSet: MoneyBag!
  refundLineItems: [RefundLineItem!]!
  shipping: ShippingRefund!
  subtotalSet: MoneyBag!
  suggestedTransactions: [SuggestedOrderTransaction!]!
  totalTaxSet: MoneyBag!
}

type SuggestedReturnFinancialOutcome {
  discountedSubtotal: MoneyBag!
  financialTransfer: ReturnOutcomeFinancialTransfer
  maximumRefundable: MoneyBag!
  totalTax: MoneyBag!
}

type TagsAddPayload {
  node: Node
  userErrors: [UserError!]!
}

type TagsRemovePayload {
  node: Node
  userErrors: [UserError!]!
}

type TaxLine {
  channelLiable: Boolean
  priceSet: MoneyBag!
  rate: Float
  source: String
  title: String!
}

scalar URL

scalar UnsignedInt64

type UnverifiedReturnLineItem implements Node & ReturnLineItemType {
  customerNote: String
  id: ID!
  processableQuantity: Int!
  processedQuantity: Int!
  quantity: Int!
  refundableQuantity: Int!
  refundedQuantity: Int!
  returnReasonDefinition: ReturnReasonDefinition
  returnReasonNote: String!
  unitPrice: MoneyV2!
  unprocessedQuantity: Int!
}

type UserError {
  field: [String!]
  message: String!
}

type WebhookSubscription implements Node {
  apiVersion: ApiVersion!
  createdAt: DateTime!
  filter: String
  format: WebhookSubscriptionFormat!
  id: ID!
  includeFields: [String!]!
  name: String
  topic: WebhookSubscriptionTopic!
  updatedAt: DateTime!
  uri: String!
}

type WebhookSubscriptionConnection {
  edges: [WebhookSubscriptionEdge!]!
  nodes: [WebhookSubscription!]!
  pageInfo: PageInfo!
}

type WebhookSubscriptionCreatePayload {
  userErrors: [UserError!]!
  webhookSubscription: WebhookSubscription
}

type WebhookSubscriptionDeletePayload {
  deletedWebhookSubscriptionId: ID
  userErrors: [UserError!]!
}

type WebhookSubscriptionEdge {
  cursor: String!
  node: WebhookSubscription!
}

enum WebhookSubscriptionFormat {
  JSON
  XML
}

input WebhookSubscriptionInput {
  callbackUrl: URL @deprecated
  filter: String
  format: WebhookSubscriptionFormat
  includeFields: [String!]
  metafieldNamespaces: [String!]
  metafields: [HasMetafieldsMetafieldIdentifierInput!]
  name: String
  uri: String
}

enum WebhookSubscriptionSortKeys {
  CREATED_AT
  ID
}

enum WebhookSubscriptionTopic {
  APP_PURCHASES_ONE_TIME_UPDATE
  APP_SCOPES_UPDATE
  APP_SUBSCRIPTIONS_APPROACHING_CAPPED_AMOUNT
  APP_SUBSCRIPTIONS_UPDATE
  APP_UNINSTALLED
  AUDIT_EVENTS_ADMIN_API_ACTIVITY
  BULK_OPERATIONS_FINISH
  CARTS_CREATE
  CARTS_UPDATE
  CHANNELS_DELETE
  CHECKOUTS_CREATE
  CHECKOUTS_DELETE
  CHECKOUTS_UPDATE
  COLLECTIONS_CREATE
  COLLECTIONS_DELETE
  COLLECTIONS_UPDATE
  COLLECTION_LISTINGS_ADD
  COLLECTION_LISTINGS_REMOVE
  COLLECTION_LISTINGS_UPDATE
  COLLECTION_PUBLICATIONS_CREATE
  COLLECTION_PUBLICATIONS_DELETE
  COLLECTION_PUBLICATIONS_UPDATE
  COMPANIES_CREATE
  COMPANIES_DELETE
  COMPANIES_UPDATE
  COMPANY_CONTACTS_CREATE
  COMPANY_CONTACTS_DELETE
  COMPANY_CONTACTS_UPDATE
  COMPANY_CONTACT_ROLES_ASSIGN
  COMPANY_CONTACT_ROLES_REVOKE
  COMPANY_LOCATIONS_CREATE
  COMPANY_LOCATIONS_DELETE
  COMPANY_LOCATIONS_UPDATE
  CUSTOMERS_CREATE
  CUSTOMERS_DELETE
  CUSTOMERS_DISABLE
  CUSTOMERS_EMAIL_MARKETING_CONSENT_UPDATE
  CUSTOMERS_ENABLE
  CUSTOMERS_MARKETING_CONSENT_UPDATE
  CUSTOMERS_MERGE
  CUSTOMERS_PURCHASING_SUMMARY
  CUSTOMERS_UPDATE
  CUSTOMERS_WHATS_APP_MARKETING_CONSENT_UPDATE
  CUSTOMER_ACCOUNT_SETTINGS_UPDATE
  CUSTOMER_GROUPS_CREATE
  CUSTOMER_GROUPS_DELETE
  CUSTOMER_GROUPS_UPDATE
  CUSTOMER_JOINED_SEGMENT
  CUSTOMER_LEFT_SEGMENT
  CUSTOMER_PAYMENT_METHODS_CREATE
  CUSTOMER_PAYMENT_METHODS_REVOKE
  CUSTOMER_PAYMENT_METHODS_UPDATE
  CUSTOMER_TAGS_ADDED
  CUSTOMER_TAGS_REMOVED
  DELIVERY_PROMISE_SETTINGS_UPDATE
  DISCOUNTS_CREATE
  DISCOUNTS_DELETE
  DISCOUNTS_REDEEMCODE_ADDED
  DISCOUNTS_REDEEMCODE_REMOVED
  DISCOUNTS_UPDATE
  DISPUTES_CREATE
  DISPUTES_UPDATE
  DOMAINS_CREATE
  DOMAINS_DESTROY
  DOMAINS_UPDATE
  DRAFT_ORDERS_CREATE
  DRAFT_ORDERS_DELETE
  DRAFT_ORDERS_UPDATE
  FINANCE_APP_STAFF_MEMBER_DELETE
  FINANCE_APP_STAFF_MEMBER_GRANT
  FINANCE_APP_STAFF_MEMBER_REVOKE
  FINANCE_APP_STAFF_MEMBER_UPDATE
  FINANCE_KYC_INFORMATION_UPDATE
  FULFILLMENTS_CREATE
  FULFILLMENTS_UPDATE
  FULFILLMENT_EVENTS_CREATE
  FULFILLMENT_EVENTS_DELETE
  FULFILLMENT_HOLDS_ADDED
  FULFILLMENT_HOLDS_RELEASED
  FULFILLMENT_ORDERS_CANCELLATION_REQUEST_ACCEPTED
  FULFILLMENT_ORDERS_CANCELLATION_REQUEST_REJECTED
  FULFILLMENT_ORDERS_CANCELLATION_REQUEST_SUBMITTED
  FULFILLMENT_ORDERS_CANCELLED
  FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_ACCEPTED
  FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_REJECTED
  FULFILLMENT_ORDERS_FULFILLMENT_REQUEST_SUBMITTED
  FULFILLMENT_ORDERS_FULFILLMENT_SERVICE_FAILED_TO_COMPLETE
  FULFILLMENT_ORDERS_HOLD_RELEASED
  FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_LOCAL_DELIVERY
  FULFILLMENT_ORDERS_LINE_ITEMS_PREPARED_FOR_PICKUP
  FULFILLMENT_ORDERS_MANUALLY_REPORTED_PROGRESS_STOPPED
  FULFILLMENT_ORDERS_MERGED
  FULFILLMENT_ORDERS_MOVED
  FULFILLMENT_ORDERS_ORDER_ROUTING_COMPLETE
  FULFILLMENT_ORDERS_PLACED_ON_HOLD
  FULFILLMENT_ORDERS_PROGRESS_REPORTED
  FULFILLMENT_ORDERS_RESCHEDULED
  FULFILLMENT_ORDERS_SCHEDULED_FULFILLMENT_ORDER_READY
  FULFILLMENT_ORDERS_SPLIT
  INVENTORY_ITEMS_CREATE
  INVENTORY_ITEMS_DELETE
  INVENTORY_ITEMS_UPDATE
  INVENTORY_LEVELS_CONNECT
  INVENTORY_LEVELS_DISCONNECT
  INVENTORY_LEVELS_UPDATE
  INVENTORY_SHIPMENTS_ADD_ITEMS
  INVENTORY_SHIPMENTS_CREATE
  INVENTORY_SHIPMENTS_DELETE
  INVENTORY_SHIPMENTS_MARK_IN_TRANSIT
  INVENTORY_SHIPMENTS_RECEIVE_ITEMS
  INVENTORY_SHIPMENTS_REMOVE_ITEMS
  INVENTORY_SHIPMENTS_UPDATE_ITEM_QUANTITIES
  INVENTORY_SHIPMENTS_UPDATE_TRACKING
  INVENTORY_TRANSFERS_ADD_ITEMS
  INVENTORY_TRANSFERS_CANCEL
  INVENTORY_TRANSFERS_COMPLETE
  INVENTORY_TRANSFERS_READY_TO_SHIP
  INVENTORY_TRANSFERS_REMOVE_ITEMS
  INVENTORY_TRANSFERS_UPDATED
  INVENTORY_TRANSFERS_UPDATE_ITEM_QUANTITIES
  LOCALES_CREATE
  LOCALES_DESTROY
  LOCALES_UPDATE
  LOCATIONS_ACTIVATE
  LOCATIONS_CREATE
  LOCATIONS_DEACTIVATE
  LOCATIONS_DELETE
  LOCATIONS_UPDATE
  MARKETS_BACKUP_REGION_UPDATE
  MARKETS_CREATE
  MARKETS_DELETE
  MARKETS_UPDATE
  METAFIELD_DEFINITIONS_CREATE
  METAFIELD_DEFINITIONS_DELETE
  METAFIELD_DEFINITIONS_UPDATE
  METAOBJECTS_CREATE
  METAOBJECTS_DELETE
  METAOBJECTS_UPDATE
  ORDERS_CANCELLED
  ORDERS_CREATE
  ORDERS_DELETE
  ORDERS_EDITED
  ORDERS_FULFILLED
  ORDERS_LINK_REQUESTED
  ORDERS_PAID
  ORDERS_PARTIALLY_FULFILLED
  ORDERS_RISK_ASSESSMENT_CHANGED
  ORDERS_SHOPIFY_PROTECT_ELIGIBILITY_CHANGED
  ORDERS_UPDATED
  ORDER_TRANSACTIONS_CREATE
  PAYMENT_SCHEDULES_DUE
  PAYMENT_TERMS_CREATE
  PAYMENT_TERMS_DELETE
  PAYMENT_TERMS_UPDATE
  PRODUCTS_CREATE
  PRODUCTS_DELETE
  PRODUCTS_UPDATE
  PRODUCT_FEEDS_CREATE
  PRODUCT_FEEDS_FULL_SYNC
  PRODUCT_FEEDS_FULL_SYNC_FINISH
  PRODUCT_FEEDS_INCREMENTAL_SYNC
  PRODUCT_FEEDS_UPDATE
  PRODUCT_LISTINGS_ADD
  PRODUCT_LISTINGS_REMOVE
  PRODUCT_LISTINGS_UPDATE
  PRODUCT_PUBLICATIONS_CREATE
  PRODUCT_PUBLICATIONS_DELETE
  PRODUCT_PUBLICATIONS_UPDATE
  PROFILES_CREATE
  PROFILES_DELETE
  PROFILES_UPDATE
  REFUNDS_CREATE
  RETURNS_APPROVE
  RETURNS_CANCEL
  RETURNS_CLOSE
  RETURNS_DECLINE
  RETURNS_PROCESS
  RETURNS_REOPEN
  RETURNS_REQUEST
  RETURNS_UPDATE
  REVERSE_DELIVERIES_ATTACH_DELIVERABLE
  REVERSE_FULFILLMENT_ORDERS_DISPOSE
  SCHEDULED_PRODUCT_LISTINGS_ADD
  SCHEDULED_PRODUCT_LISTINGS_REMOVE
  SCHEDULED_PRODUCT_LISTINGS_UPDATE
  SEGMENTS_CREATE
  SEGMENTS_DELETE
  SEGMENTS_UPDATE
  SELLING_PLAN_GROUPS_CREATE
  SELLING_PLAN_GROUPS_DELETE
  SELLING_PLAN_GROUPS_UPDATE
  SHIPPING_ADDRESSES_CREATE
  SHIPPING_ADDRESSES_UPDATE
  SHOP_UPDATE
  SUBSCRIPTION_BILLING_ATTEMPTS_CHALLENGED
  SUBSCRIPTION_BILLING_ATTEMPTS_FAILURE
  SUBSCRIPTION_BILLING_ATTEMPTS_SUCCESS
  SUBSCRIPTION_BILLING_CYCLES_SKIP
  SUBSCRIPTION_BILLING_CYCLES_UNSKIP
  SUBSCRIPTION_BILLING_CYCLE_EDITS_CREATE
  SUBSCRIPTION_BILLING_CYCLE_EDITS_DELETE
  SUBSCRIPTION_BILLING_CYCLE_EDITS_UPDATE
  SUBSCRIPTION_CONTRACTS_ACTIVATE
  SUBSCRIPTION_CONTRACTS_CANCEL
  SUBSCRIPTION_CONTRACTS_CREATE
  SUBSCRIPTION_CONTRACTS_EXPIRE
  SUBSCRIPTION_CONTRACTS_FAIL
  SUBSCRIPTION_CONTRACTS_PAUSE
  SUBSCRIPTION_CONTRACTS_UPDATE
  TAX_SERVICES_CREATE
  TAX_SERVICES_UPDATE
  TENDER_TRANSACTIONS_CREATE
  THEMES_CREATE
  THEMES_DELETE
  THEMES_PUBLISH
  THEMES_UPDATE
  VARIANTS_IN_STOCK
  VARIANTS_OUT_OF_STOCK
}

type WebhookSubscriptionUpdatePayload {
  userErrors: [UserError!]!
  webhookSubscription: WebhookSubscription
}

type Weight {
  unit: WeightUnit!
  value: Float!
}

enum WeightUnit {
  GRAMS
  KILOGRAMS
  OUNCES
  POUNDS
}
`;

/** Access scopes by "Type" or "Type.field", any one of which suffices; absent means open. */
export const requiredScopes: Record<string, readonly string[]> = {
  Customer: ["read_customers"],
  CustomerEmailAddress: ["read_customers"],
  CustomerPhoneNumber: ["read_customers"],
  DeliveryMethod: [
    "read_orders",
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  ExchangeLineItem: ["read_returns"],
  Fulfillment: [
    "read_orders",
    "read_marketplace_orders",
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  FulfillmentEvent: ["read_orders"],
  FulfillmentHold: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  FulfillmentLineItem: ["read_orders", "read_marketplace_orders"],
  FulfillmentOrder: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  FulfillmentOrderAssignedLocation: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  FulfillmentOrderDestination: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
  ],
  FulfillmentOrderLineItem: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
  ],
  FulfillmentOrderLocationForMove: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
  ],
  FulfillmentOrderSupportedAction: [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
  ],
  FulfillmentTrackingInfo: [
    "read_orders",
    "read_marketplace_orders",
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  InventoryItem: ["read_inventory", "read_products"],
  InvoiceReturnOutcome: ["read_returns", "read_marketplace_returns"],
  LineItem: ["read_orders", "read_marketplace_orders"],
  Location: ["read_locations", "read_inventory", "read_markets_home"],
  "Location.address": ["read_locations"],
  "Location.fulfillsOnlineOrders": ["read_locations"],
  "Location.hasActiveInventory": ["read_locations"],
  "Location.id": ["read_locations", "read_inventory", "read_markets_home"],
  "Location.isActive": ["read_locations"],
  "Location.name": ["read_locations", "read_markets_home"],
  "Location.shipsInventory": ["read_locations"],
  "Mutation.fulfillmentCreate": [
    "write_assigned_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
  ],
  "Mutation.fulfillmentEventCreate": ["write_fulfillments"],
  "Mutation.fulfillmentOrderHold": [
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
  ],
  "Mutation.fulfillmentOrderMove": [
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
  ],
  "Mutation.fulfillmentOrderReleaseHold": [
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
    "write_marketplace_fulfillment_orders",
  ],
  "Mutation.fulfillmentTrackingInfoUpdate": [
    "write_assigned_fulfillment_orders",
    "write_merchant_managed_fulfillment_orders",
    "write_third_party_fulfillment_orders",
  ],
  "Mutation.orderCancel": ["write_orders", "write_marketplace_orders"],
  "Mutation.orderMarkAsPaid": ["write_orders"],
  "Mutation.orderUpdate": [
    "write_orders",
    "write_marketplace_orders",
    "write_quick_sale",
    "write_pos_staff_member_event_attribution_overrides",
  ],
  "Mutation.removeFromReturn": ["write_returns"],
  "Mutation.returnApproveRequest": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnCancel": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnClose": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnCreate": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnDeclineRequest": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnProcess": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnReopen": ["write_returns", "write_marketplace_returns"],
  "Mutation.returnRequest": ["write_returns", "write_marketplace_returns"],
  "Mutation.reverseDeliveryCreateWithShipping": ["write_returns", "write_marketplace_returns"],
  "Mutation.reverseDeliveryShippingUpdate": ["write_returns"],
  "Mutation.reverseFulfillmentOrderDispose": ["write_returns", "write_marketplace_returns"],
  Order: ["read_orders", "read_marketplace_orders", "read_quick_sale"],
  OrderAdjustment: ["read_orders", "read_marketplace_orders"],
  OrderCancelUserError: ["read_orders", "read_marketplace_orders"],
  OrderTransaction: ["read_orders", "read_marketplace_orders"],
  Product: ["read_products"],
  ProductVariant: ["read_products"],
  "QueryRoot.fulfillment": [
    "read_orders",
    "read_marketplace_orders",
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  "QueryRoot.fulfillmentOrders": [
    "read_assigned_fulfillment_orders",
    "read_merchant_managed_fulfillment_orders",
    "read_third_party_fulfillment_orders",
    "read_marketplace_fulfillment_orders",
  ],
  "QueryRoot.ordersCount": ["read_orders", "read_marketplace_orders"],
  "QueryRoot.refund": ["read_orders", "read_marketplace_orders"],
  "QueryRoot.return": ["read_returns", "read_marketplace_returns"],
  "QueryRoot.returnReasonDefinitions": ["read_returns"],
  "QueryRoot.reverseDelivery": ["read_returns", "read_marketplace_returns"],
  "QueryRoot.reverseFulfillmentOrder": ["read_returns", "read_marketplace_returns"],
  Refund: ["read_orders", "read_marketplace_orders"],
  RefundLineItem: ["read_orders", "read_marketplace_orders"],
  RefundReturnOutcome: ["read_returns", "read_marketplace_returns"],
  RefundShippingLine: ["read_orders", "read_marketplace_orders"],
  RestockingFee: ["read_returns", "read_marketplace_returns"],
  Return: ["read_returns", "read_marketplace_returns"],
  ReturnDecline: ["read_returns", "read_marketplace_returns"],
  ReturnLineItem: ["read_returns", "read_marketplace_returns"],
  ReturnLineItemType: ["read_returns", "read_marketplace_returns"],
  ReturnOutcomeFinancialTransfer: ["read_returns", "read_marketplace_returns"],
  ReturnReasonDefinition: ["read_returns"],
  ReturnShippingFee: ["read_returns", "read_marketplace_returns"],
  ReturnableFulfillment: ["read_orders", "read_marketplace_orders", "read_returns"],
  ReturnableFulfillmentLineItem: ["read_orders", "read_returns", "read_marketplace_returns"],
  ReverseDelivery: ["read_returns", "read_marketplace_returns"],
  ReverseDeliveryDeliverable: ["read_returns", "read_marketplace_returns"],
  ReverseDeliveryLabelV2: ["read_returns", "read_marketplace_returns"],
  ReverseDeliveryLineItem: ["read_returns", "read_marketplace_returns"],
  ReverseDeliveryShippingDeliverable: ["read_returns", "read_marketplace_returns"],
  ReverseDeliveryTrackingV2: ["read_returns", "read_marketplace_returns"],
  ReverseFulfillmentOrder: ["read_returns", "read_marketplace_returns"],
  ReverseFulfillmentOrderDisposition: ["read_returns", "read_marketplace_returns"],
  ReverseFulfillmentOrderLineItem: ["read_returns", "read_marketplace_returns"],
  ShippingRefund: ["read_orders", "read_marketplace_orders"],
  SuggestedOrderTransaction: ["read_orders", "read_marketplace_orders"],
  SuggestedRefund: ["read_orders", "read_marketplace_orders"],
  SuggestedReturnFinancialOutcome: ["read_returns", "read_marketplace_returns"],
  UnverifiedReturnLineItem: ["read_returns", "read_marketplace_returns"],
};
