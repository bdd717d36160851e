-- The cells of a comparison: what each model took and cost before and after, meter by meter. How the difference is taken apart is
-- worked out of these in cost_lib/ledger/reports/differences.py: exact fractions are no matter for SQL.

WITH asked AS (
    SELECT
        /*by*/ CASE WHEN is_attributed THEN nullif(feature, '') END AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        /*side*/ CASE WHEN dt >= $since AND dt < $until THEN 'before' WHEN dt >= $after_since AND dt < $after_until THEN 'after' END AS side /*end*/,
        coalesce(provider, '') || '/' || coalesce(nullif(model, ''), model_requested, '') || '/' || coalesce(price_context, '') AS model,
        requests, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, cost_nano_usd, unpriced,
        split_input, split_cache_read, split_cache_write_5m, split_cache_write_1h, split_output
    FROM /*from*/ days /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND /*times*/ dt >= $since AND dt < $after_until /*end*/ AND /*where*/ true /*end*/
)

SELECT
    key1, key2, key3, key4, is_apart, side, model,
    sum(requests) AS requests,
    sum(input_tokens) AS input_tokens, sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_5m_tokens) AS cache_write_5m_tokens, sum(cache_write_1h_tokens) AS cache_write_1h_tokens,
    sum(output_tokens) AS output_tokens,
    sum(split_input) AS split_input, sum(split_cache_read) AS split_cache_read,
    sum(split_cache_write_5m) AS split_cache_write_5m, sum(split_cache_write_1h) AS split_cache_write_1h,
    sum(split_output) AS split_output,
    sum(cost_nano_usd) AS cost_nano_usd, sum(unpriced) AS unpriced
FROM asked
WHERE side IS NOT NULL
GROUP BY key1, key2, key3, key4, is_apart, side, model
ORDER BY key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST, is_apart, side, model
