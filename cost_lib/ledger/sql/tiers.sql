-- What users cost: the exact percentiles of the cost of one user in one month, by segment, beside what a user brings in.
-- `revenue_of_groups` (key1, revenue_nano_usd) and `revenue_of_users` (user_id, month, revenue_nano_usd) hold what was said of revenue,
-- per user and month; a user's own outweighs the segment's, that outweighs $revenue (NULL: nothing is known).
-- Lines: 'line', 'unattributed', 'no user' (requests that name none), 'total'.

WITH asked AS (
    SELECT
        /*by*/ nullif(user_segment, '') AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, false AS is_apart /*end*/,
        CAST(date_trunc('month', dt) AS DATE) AS month_begin, nullif(user_id, '') AS user_id, requests, cost_nano_usd, unpriced
    FROM /*from*/ user_days /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
),

by_user AS (
    SELECT
        key1, key2, key3, key4, is_apart, left(CAST(month_begin AS VARCHAR), 7) AS month, user_id,
        sum(requests) AS requests, sum(cost_nano_usd) AS cost, sum(unpriced) AS unpriced
    FROM asked
    GROUP BY key1, key2, key3, key4, is_apart, month_begin, user_id
),

paid AS (
    SELECT
        by_user.*,
        CASE WHEN by_user.user_id IS NULL THEN NULL
             ELSE coalesce(revenue_of_users.revenue_nano_usd, revenue_of_groups.revenue_nano_usd, $revenue) END AS revenue
    FROM by_user
    LEFT JOIN revenue_of_groups ON by_user.key1 = revenue_of_groups.key1
    LEFT JOIN revenue_of_users ON by_user.user_id = revenue_of_users.user_id AND by_user.month = revenue_of_users.month
),

whole AS (
    SELECT user_id, month, sum(requests) AS requests, sum(cost) AS cost, sum(unpriced) AS unpriced, max(revenue) AS revenue
    FROM paid
    GROUP BY user_id, month
),

spread AS (
    SELECT
        key1, key2, key3, key4, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line, user_id, month, requests, cost, unpriced, revenue
    FROM paid
    WHERE user_id IS NOT NULL
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, 'no user', NULL, month, requests, cost, unpriced, NULL FROM paid WHERE user_id IS NULL
    UNION ALL
    SELECT NULL, NULL, NULL, NULL, 'total', user_id, month, requests, cost, unpriced, revenue FROM whole
)

SELECT
    key1, key2, key3, key4, line,
    count(DISTINCT user_id)                                                                          AS users,
    count(user_id)                                                                                   AS user_months,
    sum(requests)                                                                                    AS requests,
    sum(cost)                                                                                        AS cost_nano_usd,
    avg(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END)                                 AS per_user_nano_usd,
    pctl(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.5)                           AS per_user_p50_nano_usd,
    pctl(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.9)                           AS per_user_p90_nano_usd,
    pctl(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.95)                          AS per_user_p95_nano_usd,
    pctl(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END, 0.99)                          AS per_user_p99_nano_usd,
    max(CASE WHEN user_id IS NOT NULL THEN CAST(cost AS DOUBLE) END)                                 AS per_user_max_nano_usd,
    count(revenue)                                                                                   AS user_months_with_revenue,
    sum(revenue)                                                                                     AS revenue_nano_usd,
    sum(revenue - cost)                                                                              AS margin_nano_usd,
    CAST(sum(revenue - cost) AS DOUBLE) / nullif(sum(revenue), 0)                                    AS margin_share,
    sum(CASE WHEN cost > revenue THEN 1 ELSE 0 END)                                                  AS loss_making,
    CAST(sum(CASE WHEN cost > revenue THEN 1 ELSE 0 END) AS DOUBLE) / nullif(count(revenue), 0)      AS loss_making_share,
    sum(unpriced)                                                                                    AS unpriced
FROM spread
GROUP BY key1, key2, key3, key4, line
ORDER BY
    CASE WHEN line = 'line' THEN 0 WHEN line = 'unattributed' THEN 1 WHEN line = 'no user' THEN 2 ELSE 3 END, cost_nano_usd DESC,
    key1 NULLS LAST, key2 NULLS LAST, key3 NULLS LAST, key4 NULLS LAST
