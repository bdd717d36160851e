-- What caching did: the cells of which is worked out (in cost_lib/ledger/reports/caching.py) what the cached tokens would have cost
-- uncached. The rate of an uncached token is not in the event, but in the table that it was priced by; `at` is an event of the cell.
-- Rates change beyond certain lengths of the input: a cell's `reach` says how many of $t1 ... $t8 are exceeded with what was cached,
-- `reach_uncached` without. Requests that touch no cache are one cell a line.

WITH asked AS (
    SELECT
        /*by*/ CASE WHEN is_attributed THEN nullif(feature, '') END AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens > 0                        AS is_priced,
        ts, dt, provider, model, model_requested, price_version, price_context,
        input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens             AS length,
        cache_read_tokens > 0                                                                        AS is_cached,
        requests, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, cost_nano_usd, unpriced,
        split_cache_read                                                                             AS split_read,
        split_cache_write_5m + split_cache_write_1h                                                  AS split_written
    FROM /*from*/ events /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

celled AS (
    SELECT
        key1, key2, key3, key4, is_apart, is_priced, is_cached, ts,
        CASE WHEN is_priced THEN dt END AS dt,
        CASE WHEN is_priced THEN coalesce(provider, '') ELSE '' END AS provider,
        CASE WHEN is_priced THEN coalesce(model, '') ELSE '' END AS model,
        CASE WHEN is_priced THEN coalesce(model_requested, '') ELSE '' END AS model_requested,
        CASE WHEN is_priced THEN coalesce(price_version, '') ELSE '' END AS price_version,
        CASE WHEN is_priced THEN coalesce(price_context, '') ELSE '' END AS price_context,
        CASE WHEN is_priced THEN
            CASE WHEN length > $t1 THEN 1 ELSE 0 END + CASE WHEN length > $t2 THEN 1 ELSE 0 END + CASE WHEN length > $t3 THEN 1 ELSE 0 END
            + CASE WHEN length > $t4 THEN 1 ELSE 0 END + CASE WHEN length > $t5 THEN 1 ELSE 0 END + CASE WHEN length > $t6 THEN 1 ELSE 0 END
            + CASE WHEN length > $t7 THEN 1 ELSE 0 END + CASE WHEN length > $t8 THEN 1 ELSE 0 END ELSE 0 END AS reach,
        CASE WHEN is_priced THEN
            CASE WHEN input_tokens > $t1 THEN 1 ELSE 0 END + CASE WHEN input_tokens > $t2 THEN 1 ELSE 0 END
            + CASE WHEN input_tokens > $t3 THEN 1 ELSE 0 END + CASE WHEN input_tokens > $t4 THEN 1 ELSE 0 END
            + CASE WHEN input_tokens > $t5 THEN 1 ELSE 0 END + CASE WHEN input_tokens > $t6 THEN 1 ELSE 0 END
            + CASE WHEN input_tokens > $t7 THEN 1 ELSE 0 END + CASE WHEN input_tokens > $t8 THEN 1 ELSE 0 END ELSE 0 END AS reach_uncached,
        requests, length, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, cost_nano_usd, unpriced, split_read, split_written
    FROM asked
)

SELECT
    key1, key2, key3, key4, is_apart, is_priced, is_cached,
    provider, model, model_requested, price_version, price_context, reach, reach_uncached, min(ts) AS "at",
    sum(requests) AS requests, sum(length) AS tokens, sum(cache_read_tokens) AS cache_read_tokens,
    sum(cache_write_5m_tokens) AS cache_write_5m_tokens, sum(cache_write_1h_tokens) AS cache_write_1h_tokens,
    sum(cost_nano_usd) AS cost_nano_usd, sum(unpriced) AS unpriced, sum(split_read) AS split_read, sum(split_written) AS split_written
FROM celled
GROUP BY
    key1, key2, key3, key4, is_apart, is_priced, is_cached, dt,
    provider, model, model_requested, price_version, price_context, reach, reach_uncached
ORDER BY key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST, is_apart, dt, provider, model, price_context, reach
