-- The events with the measures of a day's rollup, for what the rollups do not hold.

SELECT
    dt, ts, kind, status, is_attributed, event_id, operation_id, attempt, chain_id, session_id,
    feature, team, project, cost_center, owner, user_id, user_segment, environment, priority, request_type, prompt_version, tags,
    provider, host, endpoint, transport, model_requested, model, model_class, service_tier, batch, stream,
    usage_source, usage_reason, cost_source, cost_reason, price_version, price_context, cost_split, units,
    service, release, sdk, call_site, call_site_name, error_class, error_status, error_code, latency_ms, ttft_ms,
    request                                                                                          AS requests,
    coalesce(input_tokens, 0)                                                                        AS input_tokens,
    coalesce(cache_read_tokens, 0)                                                                   AS cache_read_tokens,
    coalesce(cache_write_5m_tokens, 0)                                                               AS cache_write_5m_tokens,
    coalesce(cache_write_1h_tokens, 0)                                                               AS cache_write_1h_tokens,
    coalesce(output_tokens, 0)                                                                       AS output_tokens,
    coalesce(reasoning_tokens, 0)                                                                    AS reasoning_tokens,
    coalesce(cost_nano_usd, 0)                                                                       AS cost_nano_usd,
    split_input, split_cache_read, split_cache_write_5m, split_cache_write_1h, split_output,
    CASE WHEN is_unpriced THEN 1 ELSE 0 END                                                          AS unpriced,
    CASE WHEN status = 'error' THEN 1 ELSE 0 END                                                     AS errors
FROM events
