-- What was spent over time: key1 is the day, week or month, the other keys are what is asked for. The $limit largest stand for themselves,
-- the rest of each day, week or month is one line, 'others'; 'total' lines hold all of it.

WITH asked AS (
    SELECT
        /*raw*/ dt AS raw1, feature AS raw2, CAST(NULL AS VARCHAR) AS raw3, CAST(NULL AS VARCHAR) AS raw4 /*end*/,
        is_attributed, requests, input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens,
        cost_nano_usd, unpriced
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
        sum(unpriced)                                                                                AS unpriced
    FROM asked
    GROUP BY raw1, raw2, raw3, raw4, is_attributed
),

keyed AS (
    SELECT
        /*by*/ CAST(raw1 AS VARCHAR) AS key1, CASE WHEN is_attributed THEN nullif(raw2, '') END AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        requests, input_tokens, output_tokens, cost_nano_usd, unpriced
    FROM rolled
),

summed AS (
    SELECT
        key1, key2, key3, key4, is_apart,
        sum(requests)                                                                                AS requests,
        sum(input_tokens)                                                                            AS input_tokens,
        sum(output_tokens)                                                                           AS output_tokens,
        sum(cost_nano_usd)                                                                           AS cost_nano_usd,
        sum(unpriced)                                                                                AS unpriced
    FROM keyed
    GROUP BY key1, key2, key3, key4, is_apart
),

series AS (
    SELECT
        key2, key3, key4, is_apart,
        row_number() OVER (
            PARTITION BY is_apart
            ORDER BY sum(cost_nano_usd) DESC, sum(requests) DESC, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
        ) AS place
    FROM summed
    GROUP BY key2, key3, key4, is_apart
),

ranked AS (
    SELECT summed.*, series.place
    FROM summed
    JOIN series
        ON coalesce(summed.key2, '') = coalesce(series.key2, '') AND coalesce(summed.key3, '') = coalesce(series.key3, '')
        AND coalesce(summed.key4, '') = coalesce(series.key4, '') AND summed.is_apart = series.is_apart
),

lines AS (
    SELECT
        key1, key2, key3, key4, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line, place,
        requests, input_tokens, output_tokens, cost_nano_usd, unpriced
    FROM ranked
    WHERE is_apart OR place <= $limit
    UNION ALL
    SELECT
        key1, NULL, NULL, NULL, 'others', NULL,
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced)
    FROM ranked
    WHERE NOT is_apart AND place > $limit
    GROUP BY key1
    UNION ALL
    SELECT
        key1, NULL, NULL, NULL, 'total', NULL,
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced)
    FROM ranked
    GROUP BY key1
)

SELECT
    key1, key2, key3, key4, line, requests, input_tokens, output_tokens, cost_nano_usd,
    CAST(cost_nano_usd AS DOUBLE) / nullif(requests, 0)                                              AS per_request_nano_usd,
    unpriced
FROM lines
ORDER BY
    CASE WHEN line = 'line' THEN 0 WHEN line = 'others' THEN 1 WHEN line = 'unattributed' THEN 2 ELSE 3 END, place NULLS LAST,
    key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST, key1
