import { type Store, storeCurrency, storeId } from "../store/store.js";
import { pageV3 } from "./page.js";
import { type Route, type RouteCall, scopes } from "./route.js";

export const storeName = "Tributary Goods";

/** What the store says about itself: its settings, its time, its locations. */
export const storeRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v2/store",
    scopes: scopes.readInformation,
    name: "store",
    run: ({ store }) => ({ body: storeView(store) }),
  },
  {
    method: "GET",
    path: "/v2/time",
    scopes: scopes.anybody,
    name: "time",
    run: ({ store }) => ({ body: { time: store.now() } }),
  },
  {
    method: "GET",
    path: "/v3/inventory/locations",
    scopes: scopes.readLocations,
    run: ({ query }: RouteCall) => {
      const ids = query.get("location_id:in")?.split(",");
      const own = ids && !ids.includes(String(location.id)) ? [] : [location];
      return pageV3(own, query, { most: 1_000 });
    },
  },
];

const openingHours = { open: true, opening: "08:00", closing: "16:00" };

/** The store's one location; the id of a store's first is 1. */
export const location = {
  id: 1,
  code: "BC-LOCATION-1",
  label: "Default location",
  description: "",
  managed_by_external_source: false,
  type_id: "PHYSICAL",
  enabled: true,
  operating_hours: {
    sunday: { ...openingHours, open: false },
    monday: openingHours,
    tuesday: openingHours,
    wednesday: openingHours,
    thursday: openingHours,
    friday: openingHours,
    saturday: openingHours,
  },
  time_zone: "America/Chicago",
  created_at: "2025-05-30T12:18:02Z",
  updated_at: "2025-05-30T12:18:02Z",
  address: {
    address1: "1 Sample Wharf",
    address2: "",
    city: "Austin",
    state: "TX",
    zip: "78799",
    email: "store@example.com",
    phone: "+1 512 555 0100",
    geo_coordinates: { latitude: 30.27, longitude: -97.74 },
    country_code: "US",
  },
  storefront_visibility: true,
  special_hours: [],
};

function storeView({ data }: Store): unknown {
  const { storeHash } = data.credentials;
  return {
    id: storeHash,
    account_uuid: "8d4d492f-17a1-4d95-b396-e1c5720815a5",
    domain: "tributary-goods.example.com",
    secure_url: "https://tributary-goods.example.com",
    control_panel_base_url: `https://store-${storeHash}.mybigcommerce.com`,
    status: "live",
    name: storeName,
    first_name: "Sam",
    last_name: "Tributary",
    address: "1 Sample Wharf\nAustin",
    country: "United States",
    country_code: "US",
    infrastructure_region: "us-central1",
    phone: "+1 512 555 0100",
    admin_email: "admin@example.com",
    order_email: "orders@example.com",
    favicon_url: "",
    timezone: {
      name: "America/Chicago",
      raw_offset: -21_600,
      dst_offset: -18_000,
      dst_correction: true,
      date_format: { display: "M jS Y", export: "M jS Y", extended_display: "M jS Y @ g:i A" },
    },
    language: "en",
    currency: storeCurrency,
    currency_symbol: "$",
    decimal_separator: ".",
    thousands_separator: ",",
    decimal_places: 2,
    currency_symbol_location: "left",
    weight_units: "KGS",
    dimension_units: "Centimeters",
    dimension_decimal_places: 2,
    dimension_decimal_token: ".",
    dimension_thousands_token: ",",
    plan_name: "Standard",
    plan_level: "Standard",
    plan_is_trial: false,
    industry: "Home",
    logo: [],
    is_price_entered_with_tax: false,
    store_id: Number(storeId),
    default_channel_id: 1,
    default_site_id: 1000,
    active_comparison_modules: [],
    features: {
      stencil_enabled: true,
      sitewidehttps_enabled: true,
      facebook_catalog_id: "",
      checkout_type: "optimized",
      wishlists_enabled: true,
      graphql_storefront_api_enabled: true,
      shopper_consent_tracking_enabled: false,
      multi_storefront_enabled: false,
      storefront_limits: { active: 1, total_including_inactive: 1 },
    },
  };
}
