-- What a unit costs: requests, dollars, users and sessions by what is asked for; users and sessions are counted once in each line, and
-- once in the total. Costs of requests without a user (or session) are told apart: they are no part of the cost of a user.

WITH asked AS (
    SELECT
        /*by*/ CASE WHEN is_attributed THEN nullif(feature, '') END AS key1, CAST(NULL AS VARCHAR) AS key2, CAST(NULL AS VARCHAR) AS key3,
        CAST(NULL AS VARCHAR) AS key4, NOT is_attributed AS is_apart /*end*/,
        requests, cost_nano_usd, unpriced, nullif(user_id, '') AS user_id, /*session*/ nullif(session_id, '') /*end*/ AS session_id
    FROM /*from*/ events /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
)

SELECT
    key1, key2, key3, key4, CASE WHEN is_apart THEN 'unattributed' ELSE 'line' END AS line,
    sum(requests) AS requests, sum(cost_nano_usd) AS cost_nano_usd, sum(unpriced) AS unpriced,
    count(DISTINCT user_id) AS users, sum(CASE WHEN user_id IS NOT NULL THEN cost_nano_usd ELSE 0 END) AS of_users_nano_usd,
    count(DISTINCT session_id) AS sessions, sum(CASE WHEN session_id IS NOT NULL THEN cost_nano_usd ELSE 0 END) AS of_sessions_nano_usd
FROM asked
GROUP BY key1, key2, key3, key4, is_apart
UNION ALL
SELECT
    NULL, NULL, NULL, NULL, 'total',
    sum(requests), sum(cost_nano_usd), sum(unpriced),
    count(DISTINCT user_id), sum(CASE WHEN user_id IS NOT NULL THEN cost_nano_usd ELSE 0 END),
    count(DISTINCT session_id), sum(CASE WHEN session_id IS NOT NULL THEN cost_nano_usd ELSE 0 END)
FROM asked
HAVING count(*) > 0
