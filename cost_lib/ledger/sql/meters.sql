-- The events, one row a meter: each has its tokens and its part of the cost. Requests, and what is in no part (searches, images, fees,
-- costs that came without a split), are rows of the meter 'other'; so requests, tokens and dollars add up over the meters. Conditions on
-- figures are about the whole request, which the columns whole_... have.

SELECT
    dt, ts, kind, status, is_attributed, event_id, operation_id, attempt, chain_id, session_id,
    feature, team, project, cost_center, owner, user_id, user_segment, environment, priority, request_type, prompt_version, tags,
    provider, host, endpoint, transport, model_requested, model, model_class, service_tier, batch, stream,
    usage_source, usage_reason, cost_source, cost_reason, price_version, price_context,
    service, release, sdk, call_site, call_site_name, error_class, error_status, error_code, latency_ms, ttft_ms, meter,
    whole_input_tokens, whole_cache_read_tokens, whole_cache_write_5m_tokens, whole_cache_write_1h_tokens, whole_output_tokens,
    whole_reasoning_tokens, whole_cost_nano_usd,
    CASE WHEN meter = 'other' THEN request ELSE 0 END                                                AS requests,
    CASE WHEN meter = 'input' THEN coalesce(input_tokens, 0) ELSE 0 END                              AS input_tokens,
    CASE WHEN meter = 'cache_read' THEN coalesce(cache_read_tokens, 0) ELSE 0 END                    AS cache_read_tokens,
    CASE WHEN meter = 'cache_write_5m' THEN coalesce(cache_write_5m_tokens, 0) ELSE 0 END            AS cache_write_5m_tokens,
    CASE WHEN meter = 'cache_write_1h' THEN coalesce(cache_write_1h_tokens, 0) ELSE 0 END            AS cache_write_1h_tokens,
    CASE WHEN meter = 'output' THEN coalesce(output_tokens, 0) ELSE 0 END                            AS output_tokens,
    CASE WHEN meter = 'output' THEN coalesce(reasoning_tokens, 0) ELSE 0 END                         AS reasoning_tokens,
    CASE meter
        WHEN 'input' THEN split_input
        WHEN 'cache_read' THEN split_cache_read
        WHEN 'cache_write_5m' THEN split_cache_write_5m
        WHEN 'cache_write_1h' THEN split_cache_write_1h
        WHEN 'output' THEN split_output
        ELSE coalesce(cost_nano_usd, 0) - split_input - split_cache_read - split_cache_write_5m - split_cache_write_1h - split_output
    END                                                                                              AS cost_nano_usd,
    CASE WHEN meter = 'other' AND is_unpriced THEN 1 ELSE 0 END                                      AS unpriced,
    CASE WHEN meter = 'other' AND status = 'error' THEN 1 ELSE 0 END                                 AS errors
FROM (
    SELECT
        *,
        coalesce(input_tokens, 0)                                                                    AS whole_input_tokens,
        coalesce(cache_read_tokens, 0)                                                               AS whole_cache_read_tokens,
        coalesce(cache_write_5m_tokens, 0)                                                           AS whole_cache_write_5m_tokens,
        coalesce(cache_write_1h_tokens, 0)                                                           AS whole_cache_write_1h_tokens,
        coalesce(output_tokens, 0)                                                                   AS whole_output_tokens,
        coalesce(reasoning_tokens, 0)                                                                AS whole_reasoning_tokens,
        coalesce(cost_nano_usd, 0)                                                                   AS whole_cost_nano_usd
    FROM events
) AS attempts
CROSS JOIN (
    SELECT 'input' AS meter
    UNION ALL SELECT 'cache_read'
    UNION ALL SELECT 'cache_write_5m'
    UNION ALL SELECT 'cache_write_1h'
    UNION ALL SELECT 'output'
    UNION ALL SELECT 'other'
) AS meters
