-- What chains cost: one line a chain (a request or run of the program, with all the calls it makes), the most expensive $limit.
-- Lines: 'line', 'others' (the rest of the chains), 'unchained' (requests in no chain), 'total'.

WITH asked AS (
    SELECT
        nullif(chain_id, '') AS chain, ts, requests, feature, model, user_id, cost_nano_usd, unpriced, errors,
        input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens             AS input_tokens,
        output_tokens
    FROM /*from*/ events /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

summed AS (
    SELECT
        chain, min(ts) AS began, max(ts) AS ended, min(user_id) AS "user", min(feature) AS first_feature,
        count(DISTINCT feature) AS features, count(DISTINCT model) AS models,
        sum(requests) AS requests, sum(input_tokens) AS input_tokens, sum(output_tokens) AS output_tokens,
        sum(cost_nano_usd) AS cost_nano_usd, sum(unpriced) AS unpriced, sum(errors) AS errors
    FROM asked
    GROUP BY chain
),

ranked AS (
    SELECT *, row_number() OVER (ORDER BY CASE WHEN chain IS NULL THEN 1 ELSE 0 END, cost_nano_usd DESC, requests DESC, chain) AS place
    FROM summed
),

lines AS (
    SELECT
        place, chain, CASE WHEN chain IS NULL THEN 'unchained' ELSE 'line' END AS line, 1 AS members, began, ended, "user",
        CASE WHEN features = 1 THEN first_feature END AS feature, features, models,
        requests, input_tokens, output_tokens, cost_nano_usd, unpriced, errors
    FROM ranked
    WHERE chain IS NULL OR place <= $limit
    UNION ALL
    SELECT
        NULL, NULL, 'others', count(*), NULL, NULL, NULL, NULL, NULL, NULL,
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors)
    FROM ranked
    WHERE chain IS NOT NULL AND place > $limit
    HAVING count(*) > 0
    UNION ALL
    SELECT
        NULL, NULL, 'total', sum(CASE WHEN chain IS NULL THEN 0 ELSE 1 END), NULL, NULL, NULL, NULL, NULL, NULL,
        sum(requests), sum(input_tokens), sum(output_tokens), sum(cost_nano_usd), sum(unpriced), sum(errors)
    FROM ranked
    HAVING count(*) > 0
)

SELECT
    CASE WHEN line = 'line' THEN place END AS place, chain AS key1, line, members, began, ended, "user", feature, features, models,
    requests, input_tokens, output_tokens, cost_nano_usd,
    CAST(cost_nano_usd AS DOUBLE) / nullif(requests, 0) AS per_request_nano_usd, errors, unpriced
FROM lines
ORDER BY CASE WHEN line = 'line' THEN 0 WHEN line = 'others' THEN 1 WHEN line = 'unchained' THEN 2 ELSE 3 END, place NULLS LAST
