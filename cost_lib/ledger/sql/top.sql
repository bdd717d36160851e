-- The largest: the first $limit by cost, requests or tokens ($order), what the others come to, what nobody answers for, and the total.
-- Lines: 'line' (ranked), 'others' (all that are not among the first, `members` of them), 'unattributed', 'total'.

WITH asked AS (
    SELECT
        /*raw*/ feature AS raw1, CAST(NULL AS VARCHAR) AS raw2, CAST(NULL AS VARCHAR) AS raw3, CAST(NULL AS VARCHAR) AS raw4 /*end*/,
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
        sum(output_tokens)                                                                           AS output_tokens,
        sum(cost_nano_usd)                                                                           AS cost_nano_usd,
        sum(unpriced)                                                                                AS unpriced,
        sum(errors)                                                                                  AS errors
    FROM asked
    GROUP BY raw1, raw2, raw3, raw4, is_attributed
),

keyed AS (
    SELECT
        /*by*/ CASE WHEN is_attributed THEN nullif(raw1, '') END AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        requests, input_tokens, output_tokens, cost_nano_usd, unpriced, errors
    FROM rolled
),

summed AS (
    SELECT
        key1, key2, key3, key4, is_apart,
        sum(requests)                                                                                AS requests,
        sum(input_tokens)                                                                            AS input_tokens,
        sum(output_tokens)                                                                           AS output_tokens,
        sum(cost_nano_usd)                                                                           AS cost_nano_usd,
        sum(unpriced)                                                                                AS unpriced,
        sum(errors)                                                                                  AS errors
    FROM keyed
    GROUP BY key1, key2, key3, key4, is_apart
),

measured AS (
    SELECT
        *,
        CASE WHEN $order = 'requests' THEN requests WHEN $order = 'tokens' THEN input_tokens + output_tokens ELSE cost_nano_usd END
            AS measure
    FROM summed
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY is_apart
            ORDER BY measure DESC, cost_nano_usd DESC, requests DESC, key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
        ) AS place
    FROM measured
),

lines AS (
    SELECT
        key1, key2, key3, key4, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line, place, 1 AS members,
        requests, input_tokens, output_tokens, cost_nano_usd, unpriced, errors
    FROM ranked
    WHERE is_apart OR place <= $limit
    UNION ALL
    SELECT
        NULL, NULL, NULL, NULL, 'others', NULL, count(*),
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors)
    FROM ranked
    WHERE NOT is_apart AND place > $limit
    HAVING count(*) > 0
    UNION ALL
    SELECT
        NULL, NULL, NULL, NULL, 'total', NULL, count(*),
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors)
    FROM ranked
    HAVING count(*) > 0
),

whole AS (
    SELECT *, max(CASE WHEN line = 'total' THEN cost_nano_usd END) OVER () AS of_nano_usd
    FROM lines
)

SELECT
    CASE WHEN line = 'line' THEN place END                                                           AS place,
    key1, key2, key3, key4, line, members, requests, input_tokens, output_tokens, cost_nano_usd,
    CAST(cost_nano_usd AS DOUBLE) / nullif(requests, 0)                                              AS per_request_nano_usd,
    CASE WHEN of_nano_usd = 0 THEN 0.0 ELSE CAST(cost_nano_usd AS DOUBLE) / of_nano_usd END          AS share,
    errors, unpriced
FROM whole
ORDER BY
    CASE WHEN line = 'line' THEN 0 WHEN line = 'others' THEN 1 WHEN line = 'unattributed' THEN 2 ELSE 3 END, place NULLS LAST,
    cost_nano_usd DESC, key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
