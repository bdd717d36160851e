-- The events with the measures of a day's rollup, for what the rollups do not hold.

SELECT
    * EXCLUDE (input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, output_tokens, reasoning_tokens, cost_nano_usd),
    request                                                                                          AS requests,
    coalesce(input_tokens, 0)                                                                        AS input_tokens,
    coalesce(cache_read_tokens, 0)                                                                   AS cache_read_tokens,
    coalesce(cache_write_5m_tokens, 0)                                                               AS cache_write_5m_tokens,
    coalesce(cache_write_1h_tokens, 0)                                                               AS cache_write_1h_tokens,
    coalesce(output_tokens, 0)                                                                       AS output_tokens,
    coalesce(reasoning_tokens, 0)                                                                    AS reasoning_tokens,
    coalesce(cost_nano_usd, 0)                                                                       AS cost_nano_usd,
    CASE WHEN is_unpriced THEN 1 ELSE 0 END                                                          AS unpriced,
    CASE WHEN status = 'error' THEN 1 ELSE 0 END                                                     AS errors
FROM events
