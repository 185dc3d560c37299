/** Modules of an Open Source 2.4.6 without two-factor authentication, in their order and without "Magento_". */
const community = `
  AdminAnalytics Store AdvancedPricingImportExport Directory Amqp Config Theme Backend Search
  Backup Variable Eav BundleImportExport CacheInvalidate Customer AdminNotification Indexer
  Security Authorization GraphQl Cms CatalogImportExport Catalog CatalogInventory Rule Payment
  CatalogRuleGraphQl CatalogRule CatalogUrlRewrite StoreGraphQl Widget Quote SalesSequence
  CheckoutAgreementsGraphQl CmsGraphQl EavGraphQl CmsUrlRewrite CmsUrlRewriteGraphQl
  CatalogGraphQl User Msrp Sales QuoteGraphQl Checkout Contact Cookie Cron Csp CurrencySymbol
  Captcha Integration Downloadable CustomerGraphQl CustomerImportExport Deploy Developer Dhl
  AsynchronousOperations DirectoryGraphQl DownloadableGraphQl CustomerDownloadableGraphQl
  ImportExport ConfigurableProduct CatalogCustomerGraphQl CatalogSearch AdvancedSearch Email
  EncryptionKey Fedex GiftMessage GiftMessageGraphQl GoogleAdwords GoogleAnalytics GoogleGtag Ui
  GoogleShoppingAds BundleGraphQl PageCache GroupedProduct GroupedImportExport
  GroupedCatalogInventory GroupedProductGraphQl DownloadableImportExport Bundle InstantPurchase
  Analytics Inventory InventoryAdminUi InventoryAdvancedCheckout InventoryApi
  InventoryBundleImportExport InventoryBundleProduct InventoryBundleProductAdminUi
  InventoryBundleProductIndexer InventoryCatalog InventorySales InventoryCatalogAdminUi
  InventoryCatalogApi InventoryCatalogFrontendUi InventoryCatalogSearch
  InventoryCatalogSearchBundleProduct InventoryCatalogSearchConfigurableProduct
  ConfigurableProductGraphQl InventoryConfigurableProduct InventoryConfigurableProductFrontendUi
  InventoryConfigurableProductIndexer InventoryConfiguration InventoryConfigurationApi
  InventoryDistanceBasedSourceSelection InventoryDistanceBasedSourceSelectionAdminUi
  InventoryDistanceBasedSourceSelectionApi InventoryElasticsearch InventoryExportStockApi
  InventoryIndexer InventorySalesApi InventoryGroupedProduct InventoryGroupedProductAdminUi
  InventoryGroupedProductIndexer InventoryImportExport InventoryInStorePickupApi
  InventoryInStorePickupAdminUi InventorySourceSelectionApi InventoryInStorePickup
  InventoryInStorePickupGraphQl Shipping InventoryInStorePickupShippingApi
  InventoryInStorePickupQuoteGraphQl InventoryInStorePickupSales InventoryInStorePickupSalesApi
  InventoryInStorePickupQuote InventoryInStorePickupShipping InventoryInStorePickupShippingAdminUi
  Multishipping Webapi InventoryCache InventoryLowQuantityNotification Reports
  InventoryLowQuantityNotificationApi InventoryMultiDimensionalIndexerApi InventoryProductAlert
  InventoryQuoteGraphQl InventoryRequisitionList InventoryReservations InventoryReservationCli
  InventoryReservationsApi InventoryExportStock InventorySalesAdminUi CatalogInventoryGraphQl
  InventorySalesAsyncOrder InventorySalesFrontendUi InventorySetupFixtureGenerator
  InventoryShipping InventoryShippingAdminUi InventorySourceDeductionApi InventorySourceSelection
  InventoryInStorePickupFrontend InventorySwatchesFrontendUi InventoryVisualMerchandiser
  InventoryWishlist JwtFrameworkAdapter JwtUserToken LayeredNavigation LoginAsCustomer
  LoginAsCustomerAdminUi LoginAsCustomerApi LoginAsCustomerAssistance LoginAsCustomerFrontendUi
  LoginAsCustomerGraphQl LoginAsCustomerLog LoginAsCustomerPageCache LoginAsCustomerQuote
  LoginAsCustomerSales Marketplace MediaStorage MessageQueue CatalogRuleConfigurable
  MsrpConfigurableProduct MsrpGroupedProduct InventoryInStorePickupMultishipping MysqlMq
  NewRelicReporting Newsletter NewsletterGraphQl OfflinePayments SalesRule Elasticsearch
  GraphQlCache CardinalCommerce PaymentGraphQl Vault Paypal PaypalGraphQl Persistent ProductAlert
  ProductVideo CheckoutAgreements QuoteAnalytics QuoteBundleOptions QuoteConfigurableOptions
  QuoteDownloadableLinks InventoryConfigurableProductAdminUi RelatedProductGraphQl
  ReleaseNotification Robots InventoryLowQuantityNotificationAdminUi RequireJs Review
  ReviewAnalytics ReviewGraphQl Sitemap Rss Elasticsearch7 ConfigurableProductSales SalesAnalytics
  SalesGraphQl SalesInventory OfflineShipping ConfigurableImportExport UrlRewrite OpenSearch
  CustomerAnalytics Securitytxt SendFriend SendFriendGraphQl InventoryInStorePickupSalesAdminUi
  RemoteStorage UrlRewriteGraphQl CatalogCmsGraphQl Swagger SwaggerWebapi SwaggerWebapiAsync
  Swatches SwatchesGraphQl SwatchesLayeredNavigation Tax TaxGraphQl TaxImportExport
  CompareListGraphQl ThemeGraphQl Translation GoogleOptimizer Ups SampleData
  CatalogUrlRewriteGraphQl CatalogAnalytics Usps InventoryGraphQl PaypalCaptcha VaultGraphQl
  Version InventoryInStorePickupWebapiExtension WebapiAsync WebapiSecurity Weee WeeeGraphQl
  CatalogWidget Wishlist WishlistAnalytics WishlistGraphQl
`;
/** Some of what Adobe Commerce adds. */
const commerce =
  "Enterprise CustomerBalance GiftCard GiftWrapping Logging Reward Rma RmaGraphQl Staging";

/** What GET /V1/modules lists. */
export function modulesOf(edition: "community" | "commerce"): string[] {
  return `${community} ${edition === "commerce" ? commerce : ""}`
    .trim()
    .split(/\s+/)
    .map((name) => `Magento_${name}`);
}
