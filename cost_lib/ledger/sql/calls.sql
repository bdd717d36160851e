-- The most expensive single requests (attempts, each as it was billed), or the slowest or longest ($order).

WITH asked AS (
    SELECT
        ts, event_id, operation_id, attempt, feature, user_segment, user_id, team, environment, provider, model, prompt_version,
        chain_id, session_id, status, call_site, is_attributed, latency_ms, cost_nano_usd,
        coalesce(input_tokens, 0) + coalesce(cache_read_tokens, 0) + coalesce(cache_write_5m_tokens, 0)
            + coalesce(cache_write_1h_tokens, 0)                                                     AS input_tokens,
        coalesce(cache_read_tokens, 0)                                                               AS cache_read_tokens,
        coalesce(output_tokens, 0)                                                                   AS output_tokens,
        CASE WHEN is_unpriced THEN 1 ELSE 0 END                                                      AS unpriced
    FROM /*from*/ events /*end*/
    WHERE kind IN ('call', 'result') AND status <> 'refused' AND dt >= $since AND dt < $until AND /*where*/ true /*end*/
)

SELECT
    ts, CASE WHEN is_attributed THEN feature END AS feature, user_segment AS segment, user_id AS "user", provider, model, prompt_version,
    input_tokens, cache_read_tokens, output_tokens, cost_nano_usd, latency_ms, status, call_site, is_attributed, unpriced,
    attempt, chain_id, session_id, operation_id, event_id
FROM asked
ORDER BY
    CASE WHEN $order = 'latency' THEN coalesce(latency_ms, 0.0)
         WHEN $order = 'tokens' THEN CAST(input_tokens + output_tokens AS DOUBLE) ELSE 0.0 END DESC,
    cost_nano_usd DESC NULLS LAST, ts, event_id
LIMIT $limit
