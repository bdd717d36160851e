-- What was spent, by month, feature and segment; a line a month that adds up, and one for what nobody answers for.
-- Money is integer nano-USD throughout: sums are exact. $since and $until are moments in UTC, the second one excluded.

WITH requests AS (
    SELECT
        strftime(ts, '%Y-%m')                                    AS month,
        is_attributed,
        CASE WHEN is_attributed THEN feature ELSE '' END         AS feature,
        coalesce(user_segment, '')                               AS segment,
        operation_id,
        coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_5m_tokens, 0)
            + coalesce(cache_write_1h_tokens, 0)                 AS input_tokens,
        coalesce(output_tokens, 0)                               AS output_tokens,
        coalesce(cost_nano_usd, 0)                               AS cost,
        cost_nano_usd IS NULL AND coalesce(cost_source, '') <> 'none' AS is_unpriced
    FROM events
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND ts >= $since AND ts < $until
),

summed AS (
    SELECT
        month,
        grouping(feature) = 1                                    AS is_total,
        is_attributed,
        feature,
        segment,
        count(DISTINCT operation_id)                             AS requests,
        sum(input_tokens)                                        AS input_tokens,
        sum(output_tokens)                                       AS output_tokens,
        sum(cost)                                                AS cost,
        count(*) FILTER (is_unpriced)                            AS unpriced
    FROM requests
    GROUP BY GROUPING SETS ((month, is_attributed, feature, segment), (month))
)

SELECT
    month,
    CASE WHEN is_total THEN 'total' WHEN is_attributed THEN 'feature' ELSE 'unattributed' END AS line,
    coalesce(feature, '')                                        AS feature,
    coalesce(segment, '')                                        AS segment,
    requests,
    input_tokens,
    output_tokens,
    cost                                                         AS cost_nano_usd,
    cost // requests                                             AS average_nano_usd,
    CASE WHEN max(cost) FILTER (is_total) OVER (PARTITION BY month) = 0 THEN 0.0::DOUBLE
         ELSE cost / max(cost) FILTER (is_total) OVER (PARTITION BY month) END AS share,
    unpriced
FROM summed
ORDER BY month, is_total, is_attributed DESC, cost DESC, feature, segment
