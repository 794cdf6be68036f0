/**
 * Every curl command of Chargebee's tutorials "Entitlement-gated offers", "Usage-based upsell" and "Check entitlements",
 * as they are printed. The page on offer events has a URL and its parameters, but no command.
 */
export const GATED_FEATURE = {
  offers: String.raw`curl https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/personalized_offers \
     -u YOUR_CHARGEBEE_API_KEY:\
     --header 'Content-Type: application/json;charset=UTF-8' \
     --data '{
     "customer_id": "CUSTOMER_ID",
     "subscription_id": "SUBSCRIPTION_ID",
     "custom": {
       "has_advanced_analytics": false
     }
}'`,
  viewed: String.raw`curl https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/offer_events \
     -u YOUR_CHARGEBEE_API_KEY:\
     --header 'Content-Type: application/json;charset=UTF-8' \
     --data '{
     "type": "viewed",
     "personalized_offer_id": "vdyjO2qlLD_715653d4"
}'`,
  accepted: String.raw`curl https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/offer_fulfillments \
     -u YOUR_CHARGEBEE_API_KEY:\
     --header 'Content-Type: application/json;charset=UTF-8' \
     --data '{
     "personalized_offer_id": "vdyjO2qlLD_715653d4",
     "option_id": "6cd5280e"
}'`,
  completed: String.raw`curl https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/offer_fulfillments/507c340b \
     -u YOUR_CHARGEBEE_API_KEY:\
     -X POST \
     --header 'Content-Type: application/json;charset=UTF-8' \
     --data '{
     "status": "completed"
}'`,
};

export const USAGE_UPSELL = {
  offers: String.raw`curl  https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/personalized_offers \
     -u YOUR_CHARGEBEE_API_KEY:\
     --header 'Content-Type: application/json;charset=UTF-8' \
     --data '{
     "subscription_id": "sub_123",
     "customer_id": "cus_9AbCDe",
     "custom": { "storage_used_percent": 82 }
}'`,
  viewed: GATED_FEATURE.viewed,
  accepted: GATED_FEATURE.accepted,
  polled: String.raw`curl  https://YOUR_CHARGEBEE_SUBDOMAIN.grow.chargebee.com/api/v2/offer_fulfillments/507c340b \
     -u YOUR_CHARGEBEE_API_KEY:`,
};

export const CHECK_ENTITLEMENTS = {
  list: String.raw`curl https://{site}.chargebee.com/api/v2/subscriptions/{subscription_id}/subscription_entitlements \
     -G \
     -u {site_api_key}:`,
};
