import { siteOffsetHours } from "./clock.js";
import { RestError } from "./errors.js";
import { type Route, readable } from "./router.js";
import { type Site, type TrackingPlugin, wordpressVersion } from "./site.js";
import { trackingNamespaces } from "./tracking-routes.js";

/** Everything that tells what kind of site this is. `routes` are those the indexes list. */
export function systemRoutes(routes: () => readonly Route[]): readonly Route[] {
  return [
    {
      methods: readable,
      path: "/",
      guard: "nobody",
      run: ({ site }) => ({ body: siteIndex(site, routes()) }),
    },
    {
      methods: readable,
      path: "/wc/v3",
      guard: "nobody",
      run: ({ site }) => ({
        body: {
          namespace: "wc/v3",
          routes: routeIndex(
            site,
            routes().filter(({ path }) => path.startsWith("/wc/v3")),
          ),
          _links: { up: [{ href: `${site.url}/wp-json/` }] },
        },
      }),
    },
    {
      methods: readable,
      path: "/wc/v3/system_status",
      guard: "list",
      run: ({ site }) => ({ body: systemStatus(site) }),
    },
    {
      methods: readable,
      path: "/wc/v3/settings/(?P<group_id>[\\w-]+)",
      guard: "list",
      run: ({ site, args }) => {
        if (args.group_id !== "general") {
          throw new RestError("rest_setting_setting_group_invalid", "Invalid setting group.", 404);
        }
        return { body: settings.map((each) => viewSetting(site, each)) };
      },
    },
    {
      methods: readable,
      path: "/wc/v3/settings/general/(?P<id>[\\w-]+)",
      guard: "list",
      run: ({ site, args }) => {
        const setting = settings.find(([id]) => id === args.id);
        if (!setting) throw new RestError("rest_setting_setting_invalid", "Invalid setting.", 404);
        return { body: viewSetting(site, setting) };
      },
    },
  ];
}

/** The one public page: namespaces and routes say what the site can do. The time zone is told here only. */
function siteIndex(site: Site, routes: readonly Route[]): Record<string, unknown> {
  return {
    name: "Harbor Goods",
    description: "A simulated WooCommerce shop",
    url: site.url,
    home: site.url,
    gmt_offset: String(siteOffsetHours),
    timezone_string: "",
    page_for_posts: 0,
    page_on_front: 0,
    show_on_front: "posts",
    namespaces: ["wc/v3", ...(site.tracking ? trackingNamespaces[site.tracking] : [])],
    authentication: {},
    routes: routeIndex(site, routes),
    site_logo: 0,
    site_icon: 0,
    site_icon_url: "",
    _links: { help: [{ href: "https://developer.wordpress.org/rest-api/" }] },
  };
}

function routeIndex({ url }: Site, routes: readonly Route[]): Record<string, unknown> {
  const paths = [...new Set(routes.map(({ path }) => path))];
  return Object.fromEntries(
    paths.map((path) => {
      const own = routes.filter((route) => route.path === path);
      const index = {
        namespace: path.split("/").slice(1, 3).join("/"),
        methods: [...new Set(own.flatMap(({ methods }) => methods))],
        endpoints: own.map(({ methods, parameters }) => ({
          methods,
          args: argumentsOf(parameters),
        })),
      };
      const isPlain = !path.includes("(?P<");
      return [
        path,
        isPlain ? { ...index, _links: { self: [{ href: `${url}/wp-json${path}` }] } } : index,
      ];
    }),
  );
}

function argumentsOf(parameters: Route["parameters"] = {}): Record<string, unknown> {
  const entries = Object.entries(parameters);
  return Object.fromEntries(
    entries.map(([name, each]) => [name, { ...each, required: each.required ?? false }]),
  );
}

/** id, label, type, value: the general settings of the recorded shop. */
type Setting = readonly [id: string, label: string, type: string, value: string];
const settings: readonly Setting[] = [
  ["woocommerce_store_address", "Address line 1", "text", "1 Dock St"],
  ["woocommerce_store_address_2", "Address line 2", "text", ""],
  ["woocommerce_store_city", "City", "text", "Portland"],
  ["woocommerce_default_country", "Country / State", "select", "US:OR"],
  ["woocommerce_store_postcode", "Postcode / ZIP", "text", "97201"],
  ["woocommerce_allowed_countries", "Selling location(s)", "select", "all"],
  ["woocommerce_ship_to_countries", "Shipping location(s)", "select", ""],
  ["woocommerce_default_customer_address", "Default customer location", "select", "base"],
  ["woocommerce_calc_taxes", "Enable taxes", "checkbox", "yes"],
  ["woocommerce_enable_coupons", "Enable coupons", "checkbox", "yes"],
  [
    "woocommerce_calc_discounts_sequentially",
    "Calculate coupon discounts sequentially",
    "checkbox",
    "no",
  ],
  ["woocommerce_currency", "Currency", "select", "USD"],
  ["woocommerce_currency_pos", "Currency position", "select", "left"],
  ["woocommerce_price_thousand_sep", "Thousand separator", "text", ","],
  ["woocommerce_price_decimal_sep", "Decimal separator", "text", "."],
  ["woocommerce_price_num_decimals", "Number of decimals", "number", "2"],
];

/** A select lists the options it has here, the chosen one; a real site lists the world. */
function viewSetting({ url }: Site, [id, label, type, value]: Setting): Record<string, unknown> {
  const group = `${url}/wp-json/wc/v3/settings/general`;
  return {
    id,
    label,
    description: label,
    type,
    default: value,
    tip: label,
    value,
    ...(type === "select" && { options: { [value]: value } }),
    _links: {
      self: [{ href: `${group}/${id}`, targetHints: { allow: ["GET", "POST", "PUT", "PATCH"] } }],
      collection: [{ href: group }],
    },
  };
}

const trackingPlugins: Readonly<
  Record<TrackingPlugin, readonly [file: string, name: string, version: string]>
> = {
  "shipment-tracking": [
    "woocommerce-shipment-tracking/woocommerce-shipment-tracking.php",
    "WooCommerce Shipment Tracking",
    "2.8.0",
  ],
  ast: [
    "woo-advanced-shipment-tracking/woocommerce-advanced-shipment-tracking.php",
    "Advanced Shipment Tracking for WooCommerce",
    "3.9.2",
  ],
};

/** Versions, currency and storage. `default_timezone` is PHP's and not the site's, as on every WordPress. */
function systemStatus({
  url,
  fulfillments,
  tracking,
  version: woocommerce,
  data,
}: Site): Record<string, unknown> {
  const plugin = (file: string, name: string, version: string) => ({
    plugin: file,
    name,
    version,
    version_latest: version,
    url: "https://example.com/",
    author_name: "Example",
    author_url: "https://example.com/",
    network_activated: false,
  });
  return {
    environment: {
      home_url: url,
      site_url: url,
      store_id: "00000000-0000-4000-8000-000000000001",
      version: woocommerce,
      log_directory: "/var/www/wp-content/uploads/wc-logs/",
      log_directory_writable: true,
      wp_version: wordpressVersion,
      wp_multisite: false,
      wp_memory_limit: 536_870_912,
      wp_debug_mode: false,
      wp_cron: true,
      ...(woocommerce === "10.5.0" && { wp_environment_type: "production" }),
      language: "en_US",
      external_object_cache: null,
      server_info: "nginx",
      server_architecture: "Linux x86_64",
      php_version: "8.2.36",
      php_post_max_size: 8_388_608,
      php_max_execution_time: 30,
      php_max_input_vars: 1000,
      curl_version: "7.88.1, OpenSSL/3.0.19",
      suhosin_installed: false,
      max_upload_size: 2_097_152,
      mysql_version: "10.11.19",
      mysql_version_string: "10.11.19-MariaDB",
      default_timezone: "UTC",
      fsockopen_or_curl_enabled: true,
      soapclient_enabled: true,
      domdocument_enabled: true,
      gzip_enabled: true,
      mbstring_enabled: true,
      remote_post_successful: true,
      remote_post_response: 200,
      remote_get_successful: true,
      remote_get_response: 200,
    },
    database: {
      wc_database_version: woocommerce,
      database_prefix: "wp_",
      maxmind_geoip_database: "",
    },
    active_plugins: [
      plugin("woocommerce/woocommerce.php", "WooCommerce", woocommerce),
      plugin("order-numbers/order-numbers.php", "Sequential order numbers", "1.0.0"),
      plugin("order-statuses/order-statuses.php", "Custom order statuses", "1.0.0"),
      ...(tracking === null ? [] : [plugin(...trackingPlugins[tracking])]),
    ],
    inactive_plugins: [],
    dropins_mu_plugins: { dropins: [], mu_plugins: [] },
    theme: {
      name: "Twenty Twenty-Four",
      version: "1.3",
      is_child_theme: false,
      is_block_theme: true,
    },
    settings: {
      api_enabled: false,
      force_ssl: false,
      currency: "USD",
      currency_symbol: "&#36;",
      currency_position: "left",
      thousand_separator: ",",
      decimal_separator: ".",
      number_of_decimals: 2,
      geolocation_enabled: false,
      woocommerce_com_connected: "no",
      enforce_approved_download_dirs: true,
      order_datastore:
        "Automattic\\WooCommerce\\Internal\\DataStores\\Orders\\OrdersTableDataStore",
      HPOS_enabled: true,
      HPOS_sync_enabled: false,
      enabled_features: [
        "analytics",
        "marketplace",
        ...(fulfillments ? ["fulfillments"] : []),
        "custom_order_tables",
      ],
    },
    security: { secure_connection: url.startsWith("https:"), hide_errors: true },
    pages: [],
    post_type_counts: [
      { type: "shop_order_placehold", count: String(Object.keys(data.orders).length) },
    ],
    logging: {
      logging_enabled: true,
      default_handler: "Automattic\\WooCommerce\\Internal\\Admin\\Logging\\LogHandlerFileV2",
      retention_period_days: 30,
      level_threshold: "",
      log_directory_size: "0 B",
    },
  };
}
