DROP TABLE delivery_items;
DROP TABLE deliveries;
DROP TABLE digest_runs;
DROP TABLE suppressions;
DROP TABLE signup_attempts;
DROP TABLE spent_tokens;
DROP TABLE subscriptions;
DROP TABLE subscribers;
