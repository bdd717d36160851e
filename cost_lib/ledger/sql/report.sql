-- What was spent, by what is asked for; as it stands here by month, feature and segment.
-- Lines: 'line'; 'unattributed' (where the feature is asked for and nobody answers for the request); 'subtotal', one for each value of
-- the first key ($subtotals); 'total'. Lines and unattributed ones add up to the total, in every column that is a sum.
-- Money is integer nano-USD; $since and $until are days in UTC, the second one excluded. What stands between /*raw*/, /*by*/,
-- /*from*/ or /*where*/ and /*end*/ is replaced by what was asked for.
-- What is stored is added up first, as it is, then what is asked for is made of the few rows that are left: a year in a second.

WITH asked AS (
    SELECT
        /*raw*/ CAST(date_trunc('month', dt) AS DATE) AS raw1, feature AS raw2, user_segment AS raw3, CAST(NULL AS VARCHAR) AS raw4 /*end*/,
        is_attributed, requests, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
        cost_nano_usd, unpriced, errors
    FROM /*from*/ days /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

rolled AS (
    SELECT
        raw1, raw2, raw3, raw4, is_attributed,
        sum(requests)                                                                                AS requests,
        sum(input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens)        AS input_tokens,
        sum(cache_read_tokens)                                                                       AS cache_read_tokens,
        sum(output_tokens)                                                                           AS output_tokens,
        sum(cost_nano_usd)                                                                           AS cost_nano_usd,
        sum(unpriced)                                                                                AS unpriced,
        sum(errors)                                                                                  AS errors
    FROM asked
    GROUP BY raw1, raw2, raw3, raw4, is_attributed
),

keyed AS (
    SELECT
        /*by*/ left(CAST(raw1 AS VARCHAR), 7) AS key1, CASE WHEN is_attributed THEN nullif(raw2, '') END AS key2,
        nullif(raw3, '') AS key3, CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        is_attributed, requests, input_tokens, cache_read_tokens, output_tokens, cost_nano_usd, unpriced, errors
    FROM rolled
),

summed AS (
    SELECT
        key1, key2, key3, key4, is_apart,
        sum(requests)                                                                                AS requests,
        sum(input_tokens)                                                                            AS input_tokens,
        sum(cache_read_tokens)                                                                       AS cache_read_tokens,
        sum(output_tokens)                                                                           AS output_tokens,
        sum(cost_nano_usd)                                                                           AS cost_nano_usd,
        sum(unpriced)                                                                                AS unpriced,
        sum(errors)                                                                                  AS errors,
        sum(CASE WHEN is_attributed THEN 0 WHEN NOT is_attributed THEN requests END)                 AS unattributed_requests,
        sum(CASE WHEN is_attributed THEN 0 WHEN NOT is_attributed THEN cost_nano_usd END)            AS unattributed_nano_usd
    FROM keyed
    GROUP BY key1, key2, key3, key4, is_apart
),

lines AS (
    SELECT
        key1, key2, key3, key4, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line,
        requests, input_tokens, cache_read_tokens, output_tokens, cost_nano_usd, unpriced, errors, unattributed_requests,
        unattributed_nano_usd
    FROM summed
    UNION ALL
    SELECT
        key1, NULL, NULL, NULL, 'subtotal',
        sum(requests), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors),
        sum(unattributed_requests), sum(unattributed_nano_usd)
    FROM summed
    WHERE $subtotals AND (SELECT count(DISTINCT coalesce(key1, '')) FROM summed) > 1
    GROUP BY key1
    UNION ALL
    SELECT
        NULL, NULL, NULL, NULL, 'total',
        sum(requests), sum(input_tokens), sum(cache_read_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors),
        sum(unattributed_requests), sum(unattributed_nano_usd)
    FROM summed
    HAVING count(*) > 0
),

whole AS (
    SELECT
        *,
        CASE WHEN line = 'total' THEN cost_nano_usd
             ELSE coalesce(max(CASE WHEN line = 'subtotal' THEN cost_nano_usd END) OVER (PARTITION BY key1),
                           max(CASE WHEN line = 'total' THEN cost_nano_usd END) OVER ()) END AS of_nano_usd
    FROM lines
)

SELECT
    key1, key2, key3, key4, line, requests, input_tokens, cache_read_tokens, output_tokens, cost_nano_usd,
    CAST(cost_nano_usd AS DOUBLE) / nullif(requests, 0)                                              AS per_request_nano_usd,
    CASE WHEN of_nano_usd = 0 THEN 0.0 ELSE CAST(cost_nano_usd AS DOUBLE) / of_nano_usd END          AS share,
    errors, unpriced, unattributed_requests, unattributed_nano_usd
FROM whole
ORDER BY
    CASE WHEN line = 'total' THEN 1 ELSE 0 END, CASE WHEN $in_time_order THEN key1 END NULLS FIRST,
    CASE WHEN line = 'line' THEN 0 WHEN line = 'unattributed' THEN 1 ELSE 2 END, cost_nano_usd DESC, requests DESC,
    key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
