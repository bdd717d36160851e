-- How the costs of chains spread, by what is asked for: a chain counts in each group that it has calls in, with what it spent there.
-- Lines: 'line', 'unattributed', 'total' (whole chains). Requests in no chain are told apart, not spread.

WITH asked AS (
    SELECT
        /*by*/ CASE WHEN is_attributed THEN nullif(feature, '') END AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        nullif(chain_id, '') AS chain, requests, cost_nano_usd, unpriced
    FROM /*from*/ events /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

by_group AS (
    SELECT
        key1, key2, key3, key4, is_apart, chain, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line,
        sum(requests) AS requests, sum(cost_nano_usd) AS cost, sum(unpriced) AS unpriced
    FROM asked
    GROUP BY key1, key2, key3, key4, is_apart, chain
),

in_all AS (
    SELECT chain, sum(requests) AS requests, sum(cost) AS cost, sum(unpriced) AS unpriced
    FROM by_group
    GROUP BY chain
),

spread AS (
    SELECT key1, key2, key3, key4, line, chain, requests, cost, unpriced FROM by_group
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, 'total', chain, requests, cost, unpriced FROM in_all
)

SELECT
    key1, key2, key3, key4, line,
    count(chain)                                                                                     AS chains,
    sum(requests)                                                                                    AS requests,
    sum(cost)                                                                                        AS cost_nano_usd,
    sum(CASE WHEN chain IS NULL THEN cost ELSE 0 END)                                                AS unchained_nano_usd,
    avg(CASE WHEN chain IS NOT NULL THEN CAST(cost AS DOUBLE) END)                                   AS per_chain_nano_usd,
    pctl(CASE WHEN chain IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.5)                             AS per_chain_p50_nano_usd,
    pctl(CASE WHEN chain IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.95)                            AS per_chain_p95_nano_usd,
    pctl(CASE WHEN chain IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.99)                            AS per_chain_p99_nano_usd,
    max(CASE WHEN chain IS NOT NULL THEN CAST(cost AS DOUBLE) END)                                   AS per_chain_max_nano_usd,
    sum(unpriced)                                                                                    AS unpriced
FROM spread
GROUP BY key1, key2, key3, key4, line
ORDER BY
    CASE WHEN line = 'line' THEN 0 WHEN line = 'unattributed' THEN 1 ELSE 2 END, cost_nano_usd DESC,
    key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
