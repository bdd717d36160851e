-- What nobody answers for: requests and dollars without the tags that the policy demands, by week and by the line of code that made them.
-- Shares are of everything that was spent under the same first key (here: in that week), attributed or not. Lines: 'line', 'subtotal', 'total'.

WITH asked AS (
    SELECT
        /*by*/ CAST(CAST(date_trunc('week', dt) AS DATE) AS VARCHAR) AS key1, nullif(call_site, '') AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, false AS is_apart /*end*/,
        is_attributed, requests, cost_nano_usd, unpriced
    FROM /*from*/ days /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

summed AS (
    SELECT
        key1, key2, key3, key4,
        sum(CASE WHEN is_attributed THEN 0 ELSE requests END)                                        AS requests,
        sum(CASE WHEN is_attributed THEN 0 ELSE cost_nano_usd END)                                   AS cost_nano_usd,
        sum(CASE WHEN is_attributed THEN 0 ELSE unpriced END)                                        AS unpriced,
        sum(CASE WHEN is_attributed THEN 0 ELSE 1 END)                                               AS found,
        sum(requests)                                                                                AS all_requests,
        sum(cost_nano_usd)                                                                           AS all_nano_usd
    FROM asked
    GROUP BY key1, key2, key3, key4
),

around AS (
    SELECT
        *,
        sum(all_requests) OVER (PARTITION BY CASE WHEN $in_time_order THEN key1 END)                 AS of_requests,
        sum(all_nano_usd) OVER (PARTITION BY CASE WHEN $in_time_order THEN key1 END)                 AS of_nano_usd
    FROM summed
),

lines AS (
    SELECT key1, key2, key3, key4, 'line' AS line, requests, cost_nano_usd, unpriced, of_requests, of_nano_usd
    FROM around
    WHERE found > 0
    UNION ALL
    SELECT
        key1, NULL, NULL, NULL, 'subtotal', sum(requests), sum(cost_nano_usd), sum(unpriced), max(of_requests), max(of_nano_usd)
    FROM around
    WHERE $subtotals AND (SELECT count(DISTINCT coalesce(key1, '')) FROM summed WHERE found > 0) > 1
    GROUP BY key1
    HAVING sum(found) > 0
    UNION ALL
    SELECT
        NULL, NULL, NULL, NULL, 'total', sum(requests), sum(cost_nano_usd), sum(unpriced), sum(all_requests), sum(all_nano_usd)
    FROM around
    HAVING count(*) > 0
)

SELECT
    key1, key2, key3, key4, line, requests,
    CASE WHEN of_requests = 0 THEN 0.0 ELSE CAST(requests AS DOUBLE) / of_requests END               AS share_of_requests,
    cost_nano_usd,
    CASE WHEN of_nano_usd = 0 THEN 0.0 ELSE CAST(cost_nano_usd AS DOUBLE) / of_nano_usd END          AS share,
    unpriced, of_requests, of_nano_usd
FROM lines
ORDER BY
    CASE WHEN line = 'total' THEN 1 ELSE 0 END, CASE WHEN $in_time_order THEN key1 END NULLS FIRST,
    CASE WHEN line = 'line' THEN 0 ELSE 1 END, cost_nano_usd DESC, requests DESC,
    key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
